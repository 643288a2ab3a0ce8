using FsCheck;
using FsCheck.Fluent;
using Relais.Conversations;
using Relais.Conversations.Segments;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Conversations.Segments;

/// <summary>Who is in a segment, on both engines, and which rules are none.</summary>
public sealed class SegmentTests
{
    private const long Now = 1000 * Instants.Day;

    [Theory, OnEveryDatabase]
    public async Task Each_condition_finds_who_it_means(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        var (amal, bruno, chloe) = await Fill(business);
        foreach (var (rules, wanted) in new (string Rules, List<long> Wanted)[]
        {
            ("""{"all":[]}""", [amal, bruno, chloe]),
            ("""{"any":[]}""", []),
            ("""{"is":"label","label_id":501}""", [amal]),
            ("""{"is":"label","label_id":501,"not":true}""", [bruno, chloe]),
            ("""{"is":"language","value":"ar"}""", [amal]),
            ("""{"is":"language","value":"fr"}""", [bruno]),
            ("""{"is":"consent","purpose":"marketing","state":"granted"}""", [amal]),
            ("""{"is":"consent","purpose":"marketing","state":"withdrawn"}""", [bruno]),
            ("""{"is":"consent","purpose":"utility","state":"unknown"}""", [amal, chloe]),
            ("""{"is":"consent","purpose":"all","state":"withdrawn"}""", [bruno]),
            ("""{"is":"opted_out"}""", [bruno]),
            ("""{"is":"field","name":"city","test":"equals","value":"FÈS"}""", [amal]),
            ("""{"is":"field","name":"city","test":"equals","value":"Fès"}""", [amal]),
            ("""{"is":"field","name":"city","test":"contains","value":"RAB"}""", [bruno]),
            ("""{"is":"field","name":"city","test":"contains","value":"%"}""", []),
            ("""{"is":"field","name":"city","test":"exists"}""", [amal, bruno]),
            ("""{"is":"last_inbound","within_days":5}""", [amal]),
            ("""{"is":"last_inbound","before_days":5}""", [bruno]),
            ("""{"is":"created","within_days":10}""", [chloe]),
            ("""{"is":"created","before_days":10}""", [amal, bruno]),
            ("""{"is":"order"}""", [bruno]),
            ("""{"is":"order","status":"delivered"}""", [bruno]),
            ("""{"is":"order","status":"cancelled"}""", []),
            ("""{"is":"client"}""", [bruno, chloe]),
            ("""{"is":"inbox","inbox_id":10}""", [amal, bruno]),
            ("""{"is":"country","calling_code":"+212"}""", [amal, bruno]),
            ("""{"is":"country","calling_code":"33"}""", [chloe]),
            ("""{"is":"blocked"}""", [chloe]),
            ("""{"any":[{"is":"blocked"},{"all":[{"is":"language","value":"ar"},{"is":"label","label_id":501}]}]}""", [amal, chloe]),
            ("""{"all":[{"is":"country","calling_code":"212"},{"any":[{"is":"order"}],"not":true}]}""", [amal]),
        })
        {
            var rule = SegmentRules.Read(rules).Rules.ShouldNotBeNull(rules);
            var found = await business.Database.Read(Relais.Storage.Scope.Tenant(Business.Tenant), tx => SegmentStore.PageOfContacts(tx, Business.Tenant, rule, 0, 10, Now));
            found.ShouldBe(wanted, rules);
            (await business.Database.Read(Relais.Storage.Scope.Tenant(Business.Tenant), tx => SegmentStore.Count(tx, Business.Tenant, rule, Now))).ShouldBe(wanted.Count, rules);
            var among = await business.Database.Read(Relais.Storage.Scope.Tenant(Business.Tenant), tx => SegmentStore.Among(tx, Business.Tenant, rule, [amal, bruno, chloe, 99_999], Now));
            among.Order().ToList().ShouldBe(wanted, rules);
        }

        var everybody = await business.Database.Read(Relais.Storage.Scope.Tenant(Business.Tenant),
            tx => SegmentStore.PageOfContacts(tx, Business.Tenant, SegmentRule.Everybody, amal, 1, Now));
        everybody.ShouldBe([bruno], "pages go on after an id");
    }

    [Theory]
    [InlineData("""[]""", "rules")]
    [InlineData("""{"all":{}}""", "rules.all")]
    [InlineData("""{"is":"weather"}""", "rules.is")]
    [InlineData("""{"all":[{"is":"label"}]}""", "rules.all[0].label_id")]
    [InlineData("""{"is":"language","value":"de"}""", "rules.value")]
    [InlineData("""{"is":"last_inbound"}""", "rules")]
    [InlineData("""{"is":"last_inbound","within_days":-1}""", "rules.within_days")]
    [InlineData("""{"is":"created","within_days":1,"before_days":1}""", "rules")]
    [InlineData("""{"is":"blocked","not":"yes"}""", "rules.not")]
    [InlineData("""{"is":"field","name":"city","test":"contains"}""", "rules.value")]
    [InlineData("""{"is":"country","calling_code":"0212"}""", "rules.calling_code")]
    [InlineData("""{"all":[{"all":[{"all":[{"all":[{"all":[]}]}]}]}]}""", "rules.all[0].all[0].all[0].all[0].all")]
    [InlineData("""{nonsense""", "rules")]
    public void What_is_no_rule_is_refused_by_its_place(string json, string field) => SegmentRules.Read(json).Problems[0].Field.ShouldBe(field);

    /// <summary>Whatever trees people build: two engines give one answer, and a rule and its opposite part the contacts between them.</summary>
    [Theory, OnEveryDatabase]
    public async Task A_rule_and_its_opposite_part_everybody_between_them(DatabaseKind kind)
    {
        await using var business = await Business.Open(kind);
        await Fill(business);
        var leaf = Gen.Elements<SegmentRule>(
            new SegmentRule.HasLabel(501), new SegmentRule.Speaks("fr"), new SegmentRule.Consents(ConsentPurpose.Marketing, "unknown"),
            new SegmentRule.Consents(ConsentPurpose.All, "granted"), new SegmentRule.Field("city", "a", true), new SegmentRule.Field("city", "Rabat", false),
            new SegmentRule.Wrote(5, true), new SegmentRule.Wrote(5, false), new SegmentRule.Known(10, false), new SegmentRule.Ordered(null),
            new SegmentRule.IsClient(), new SegmentRule.SpokeAt(10), new SegmentRule.PhoneOf("212"), new SegmentRule.IsBlocked(), new SegmentRule.OptedOut(false));
        Gen<SegmentRule> Tree(int depth) => depth == 0 ? leaf : Gen.Frequency(
            (2, leaf),
            (1, Gen.ListOf(Tree(depth - 1), 2).Select(SegmentRule (r) => new SegmentRule.All([.. r]))),
            (1, Gen.ListOf(Tree(depth - 1), 2).Select(SegmentRule (r) => new SegmentRule.Any([.. r]))),
            (1, Tree(depth - 1).Select(SegmentRule (r) => new SegmentRule.Not(r))));
        foreach (var rule in Tree(3).Sample(60))
        {
            var (with, without) = await business.Database.Read(Relais.Storage.Scope.Tenant(Business.Tenant), async tx => (
                await SegmentStore.PageOfContacts(tx, Business.Tenant, rule, 0, 10, Now),
                await SegmentStore.PageOfContacts(tx, Business.Tenant, new SegmentRule.Not(rule), 0, 10, Now)));
            with.Concat(without).Order().Count().ShouldBe(3, rule.ToString());
            with.Intersect(without).ShouldBeEmpty(rule.ToString());
        }
    }

    /// <summary>Amal wrote lately, Bruno long ago and withdrew everything, Chloé never wrote; one was merged, one is another tenant's.</summary>
    private static async Task<(long Amal, long Bruno, long Chloe)> Fill(Business business)
    {
        await business.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
        {
            await tx.Execute("""
                INSERT INTO contact (tenant_id, id, name, phone, wa_id, language, created_at, opted_out_at, marketing_opted_in_at, is_client, blocked_at, merged_into) VALUES
                  (1, 101, 'Amal', '+212600000001', '212600000001', 'ar', 0, NULL, 5, NULL, NULL, NULL),
                  (1, 102, 'Bruno', NULL, '212600000002', NULL, 0, 7, NULL, NULL, NULL, NULL),
                  (1, 103, 'Chloé', '+33600000003', NULL, NULL, @lately, NULL, NULL, 1, 9, NULL),
                  (1, 104, 'Amal', '+212600000004', NULL, 'ar', 0, NULL, 5, NULL, NULL, 101),
                  (2, 201, 'Amal', '+212600000001', NULL, 'ar', 0, NULL, 5, NULL, NULL, NULL)
                """, new { lately = Now - (3 * Instants.Day) });
            await tx.Execute("""
                INSERT INTO conversation (tenant_id, id, inbox_id, contact_id, session_id, status, assignee, version, language, last_seq, last_inbound_seq,
                  answered_seq, unread, last_inbound_at, last_message_at, created_at) VALUES
                  (1, 301, 10, 101, 'a', 1, 2, 1, 'fr', 1, 1, 1, 0, @lately, @lately, 0),
                  (1, 302, 10, 102, 'b', 3, 2, 1, 'fr', 1, 1, 1, 0, @longAgo, @longAgo, 0)
                """, new { lately = Now - (2 * Instants.Day), longAgo = Now - (40 * Instants.Day) });
            await tx.Execute("INSERT INTO label (tenant_id, id, name, folded, color, created_at) VALUES (1, 501, 'VIP', 'vip', '#000000', 0)");
            await tx.Execute("INSERT INTO contact_label (tenant_id, contact_id, label_id) VALUES (1, 101, 501)");
            await tx.Execute("""
                INSERT INTO contact_value (tenant_id, contact_id, name, value, author, updated_at) VALUES
                  (1, 101, 'city', 'Fès', 'agent', 0), (1, 102, 'city', 'Rabat', 'ai', 0)
                """);
            await tx.Execute("""
                INSERT INTO customer_order (tenant_id, id, tracking_number, contact_id, status, created_at, updated_at) VALUES (1, 401, 'T1', 102, 'delivered', 0, 0)
                """);
        });
        return (101, 102, 103);
    }
}
