using System.Text.Json.Nodes;
using Relais.Storage;
using Relais.Tests.Tenants;
using Shouldly;
using Xunit;

namespace Relais.Tests.Knowledge;

public sealed class FaqApiOnSqlite(OnSqlite host) : FaqApiTests(host), IClassFixture<OnSqlite>;

public sealed class FaqApiOnPostgres(OnPostgres host) : FaqApiTests(host), IClassFixture<OnPostgres>;

public abstract class FaqApiTests
{
    private readonly TenantHost host;

    protected FaqApiTests(TenantHost host)
    {
        Assert.SkipUnless(host.IsAvailable, "RELAIS_TEST_POSTGRES names no server.");
        this.host = host;
    }

    [Fact]
    public async Task A_faq_is_made_changed_listed_and_deleted()
    {
        var token = await host.Token();
        var made = (await host.Send("POST", "/api/faqs", """{"question":" Horaires ? ","answer":"مفتوح من 9\u0000 إلى 18"}""", token)).ShouldSay(201);
        ((string)made.Json["question"]!).ShouldBe("Horaires ?");
        made.Text.ShouldContain("مفتوح من 9 إلى 18");
        ((string)made.Json["created_at"]!).ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        ((long)made.Json["conciergerie_id"]!).ShouldBeGreaterThan(0);
        var path = $"/api/faqs/{made.Json["id"]}";
        var changed = (await host.Send("PATCH", path, """{"answer":"10 h"}""", token)).ShouldSay(200).Json;
        ((string)changed["question"]!).ShouldBe("Horaires ?");
        ((string)changed["answer"]!).ShouldBe("10 h");
        var list = (await host.Send("GET", "/api/faqs", bearer: token)).ShouldSay(200);
        list.Json["items"]!.AsArray().Count.ShouldBe(1);
        list.Json.AsObject().ContainsKey("next_cursor").ShouldBeTrue();
        (await host.Send("DELETE", path, bearer: token)).ShouldSay(200);
        (await host.Send("DELETE", path, bearer: token)).ShouldSay(404, "not_found");
    }

    [Fact]
    public async Task The_list_goes_on_by_cursor()
    {
        var token = await host.Token();
        for (var i = 0; i < 5; i++)
        {
            await host.Send("POST", "/api/faqs", $$"""{"question":"Q{{i}}","answer":"A"}""", token);
        }

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = (await host.Send("GET", $"/api/faqs?limit=2&cursor={cursor}", bearer: token)).ShouldSay(200).Json;
            seen.AddRange(page["items"]!.AsArray().Select(f => (string)f!["question"]!));
            cursor = (string?)page["next_cursor"];
        }
        while (cursor is not null);

        seen.ShouldBe(["Q0", "Q1", "Q2", "Q3", "Q4"]);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("cursor=' OR 1=1 --AAAAAAAAAA", "cursor")]
    public async Task A_list_names_what_it_cannot_use(string query, string field) =>
        (await host.Send("GET", "/api/faqs?" + query, bearer: await host.Token())).ShouldSay(400, "invalid").Json["errors"]![field].ShouldNotBeNull();

    [Fact]
    public async Task Another_tenants_faq_is_as_good_as_absent()
    {
        var (mine, theirs) = (await host.Token(), await host.Token());
        var made = (await host.Send("POST", "/api/faqs", """{"question":"Q","answer":"canary-4711"}""", theirs)).ShouldSay(201);
        foreach (var id in (string[])[made.Json["id"]!.ToString(), "999999999"])
        {
            (await host.Send("PATCH", "/api/faqs/" + id, """{"answer":"stolen"}""", mine)).ShouldSay(404, "not_found");
            (await host.Send("DELETE", "/api/faqs/" + id, bearer: mine)).ShouldSay(404, "not_found");
        }

        (await host.Send("GET", "/api/faqs", bearer: mine)).Text.ShouldNotContain("canary-4711");
        (await host.Send("GET", "/api/faqs", bearer: theirs)).Text.ShouldContain("canary-4711");
    }

    [Fact]
    public async Task Fields_that_are_not_a_callers_to_set_are_ignored()
    {
        var (mine, theirs) = (await host.Token(), await host.Token());
        var other = (await host.Send("GET", "/api/auth/me", bearer: theirs)).Json["tenant"]!["id"]!;
        var json = new JsonObject
        {
            ["question"] = "Q", ["answer"] = "A", ["id"] = 7_000_000, ["tenant_id"] = other.DeepClone(), ["TenantId"] = other.DeepClone(),
            ["conciergerie_id"] = other.DeepClone(), ["created_at"] = "2001-01-01T00:00:00Z", ["role"] = "owner",
        };
        var made = (await host.Send("POST", "/api/faqs", json.ToJsonString(), mine)).ShouldSay(201).Json;
        ((long)made["id"]!).ShouldNotBe(7_000_000);
        made["conciergerie_id"]!.ToString().ShouldNotBe(other.ToString());
        ((string)made["created_at"]!).ShouldNotStartWith("2001");
        json["answer"] = "changed";
        var changed = (await host.Send("PATCH", $"/api/faqs/{made["id"]}", json.ToJsonString(), mine)).ShouldSay(200).Json;
        changed["conciergerie_id"]!.ToString().ShouldBe(made["conciergerie_id"]!.ToString());
        (await host.Send("GET", "/api/faqs", bearer: theirs)).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{}", "question")]
    [InlineData("""{"question":"Q"}""", "answer")]
    [InlineData("""{"question":"  ","answer":"A"}""", "question")]
    [InlineData("""{"question":null,"answer":"A"}""", "question")]
    [InlineData("""{"question":"Q","answer":12}""", "answer")]
    [InlineData("""{"question":"\ud800","answer":"A"}""", "question")]
    [InlineData("""{"question":"Q","question":"Z","answer":"A"}""", "question")]
    public async Task A_faq_needs_both_and_the_missing_one_is_named(string json, string field)
    {
        var answer = (await host.Send("POST", "/api/faqs", json, await host.Token())).ShouldSay(400, "invalid");
        answer.Json["errors"]!.AsObject().Select(e => e.Key).ShouldHaveSingleItem().ShouldBeOneOf(field, "body");
    }

    [Fact]
    public async Task Words_beyond_the_limit_are_refused_and_a_huge_body_is_not_read()
    {
        var token = await host.Token();
        (await Post(1000, 4000)).ShouldSay(201);
        (await Post(1001, 1)).ShouldSay(400, "invalid");
        (await Post(1, 4001)).ShouldSay(400, "invalid");
        (await Post(1, 300_000)).ShouldSay(413, "too_large");

        Task<Answer> Post(int question, int answer) => host.Send(
            "POST", "/api/faqs", $$"""{"question":"{{new string('q', question)}}","answer":"{{new string('a', answer)}}"}""", token);
    }

    [Fact]
    public async Task Agents_read_what_admins_write()
    {
        var tenant = "FAQ team " + Guid.NewGuid();
        var (admin, agent) = (await host.Token("admin", tenant), await host.Token("agent", tenant));
        var made = (await host.Send("POST", "/api/faqs", """{"question":"Q","answer":"A"}""", admin)).ShouldSay(201);
        (await host.Send("GET", "/api/faqs", bearer: agent)).ShouldSay(200).Json["items"]!.AsArray().Count.ShouldBe(1);
        (await host.Send("POST", "/api/faqs", """{"question":"Q","answer":"A"}""", agent)).ShouldSay(403, "forbidden");
        (await host.Send("PATCH", $"/api/faqs/{made.Json["id"]}", """{"answer":"x"}""", agent)).ShouldSay(403, "forbidden");
        (await host.Send("DELETE", $"/api/faqs/{made.Json["id"]}", bearer: agent)).ShouldSay(403, "forbidden");
    }

    [Fact]
    public async Task A_change_is_seen_by_the_next_turn()
    {
        var token = await host.Token();
        var tenant = (long)(await host.Send("GET", "/api/auth/me", bearer: token)).Json["tenant"]!["id"]!;
        var before = await Revision();
        await host.Send("POST", "/api/faqs", """{"question":"Q","answer":"A"}""", token);
        (await Revision()).ShouldBe(before + 1);

        Task<long> Revision() => host.Database.Read(
            Scope.Tenant(tenant), tx => tx.QueryFirst<long>("SELECT faq_revision FROM tenant WHERE tenant_id = @tenant", new { tenant }));
    }
}
