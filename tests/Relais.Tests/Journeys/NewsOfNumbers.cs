using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>What Meta tells besides messages takes effect with its webhook, and once however often it comes.</summary>
public sealed class NewsOfNumbers
{
    [Theory, OnEveryDatabase]
    public async Task A_customer_who_wants_no_promotions_any_more_is_in_the_ledger_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        byte[] Wish(string value, int at) => MetaBody.Value(relais.Meta, $$"""
            "user_preferences":[{"wa_id":"33611110001","category":"marketing_messages","value":"{{value}}","timestamp":{{at}}}]
            """, "user_preferences");
        await relais.Post(Wish("stop", 1_790_000_000));
        await relais.Post(Wish("stop", 1_790_000_000));
        await relais.Settled();
        (await relais.Facts.Query<string>("SELECT purpose || ':' || state || ':' || source || ':' || proof FROM consent"))
            .ShouldBe(["marketing:withdrawn:provider:user_preferences: stop"]);
        (await relais.Facts.Count("SELECT count(*) FROM contact WHERE marketing_opted_out_at IS NOT NULL AND opted_out_at IS NULL")).ShouldBe(1);
        await relais.Post(Wish("resume", 1_790_000_060));
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM contact WHERE marketing_opted_out_at IS NULL")).ShouldBe(1);
        (await relais.Facts.Count("SELECT count(*) FROM message")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_ban_pauses_the_number_its_end_resumes_it_and_quality_is_shown(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        Task News(string field, string value) => relais.Post(System.Text.Encoding.UTF8.GetBytes($$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"{{{relais.Meta.Account}}}","time":1790000000,"changes":[{"field":"{{{field}}}","value":{{{value}}}}]}]}
            """));
        await News("phone_number_quality_update", """{"display_phone_number":"33100000001","event":"FLAGGED","current_limit":"TIER_2K"}""");
        await News("account_update", """{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE","waba_ban_date":"October 1, 2026"}}""");
        await relais.Settled();
        var inbox = "FROM inbox WHERE address = '" + relais.Meta.Address + "'";
        (await relais.Facts.Query<string>($"SELECT quality || ':' || tier || ':' || pause_reason {inbox}")).ShouldHaveSingleItem().ShouldStartWith("red:TIER_2K:Meta has disabled");
        (await relais.Facts.Count($"SELECT count(*) FROM inbox WHERE paused_at IS NOT NULL")).ShouldBe(1, "the other number is not concerned");
        await News("account_update", """{"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"REINSTATE"}}""");
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM inbox WHERE paused_at IS NOT NULL")).ShouldBe(0);
        await relais.Chat(relais.Meta, "+33611110001").Asks("Bonjour", "Beyond Express");
    }
}
