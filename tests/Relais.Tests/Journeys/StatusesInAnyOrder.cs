using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A sample of the 120 orders (Conversations/StatusOrders has all of them) as webhooks, one word a webhook.</summary>
public sealed class StatusesInAnyOrder
{
    private static readonly string[] Words = ["sent", "delivered", "read", "played", "failed"];

    [Theory, OnEveryDatabase]
    public async Task The_message_ends_the_same_and_what_it_is_charged_as_is_kept(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        relais.Simulator.Statuses = StatusPolicy.None;
        var random = new Random(17);
        for (var round = 0; round < 8; round++)
        {
            var customer = relais.Chat(relais.Meta, $"+3361111000{round}");
            await customer.Asks("Bonjour", "Beyond Express");
            await relais.Settled();
            var order = Words.ToArray();
            random.Shuffle(order);
            foreach (var word in order)
            {
                await relais.Post(Status((await customer.Stored())[^1].ProviderId!, word));
            }
        }

        await relais.Settled();
        (await relais.Facts.Query<string>("""
            SELECT DISTINCT status || ':' || (read_at - sent_at) || ':' || (delivered_at - sent_at) || ':' || (failed_at - sent_at) || ':'
              || error_code || ':' || cost_category || ':' || cost_type FROM message WHERE author <> 1
            """)).ShouldBe(["4:2000000:1000000:4000000:131026:service:regular"]);
        using var desk = await DeskClient.SignIn(relais);
        var shown = (await desk.Messages(await desk.ConversationWith(relais.Simulator.Phone("+33611110000"))))[^1];
        shown.Text("status").ShouldBe("read");
        shown.Text("cost_category").ShouldBe("service");

        byte[] Status(string id, string word) => MetaBody.Value(relais.Meta, $$"""
            "statuses":[{"id":"{{id}}","status":"{{word}}","timestamp":"{{1_790_000_000 + Array.IndexOf(Words, word)}}","recipient_id":"33611110000"
            {{word switch
            {
                "failed" => ",\"errors\":[{\"code\":131026,\"title\":\"Message undeliverable\"}]",
                "sent" or "delivered" => ",\"pricing\":{\"billable\":true,\"pricing_model\":\"PMP\",\"type\":\"regular\",\"category\":\"service\"}",
                _ => "",
            }}}}]
            """);
    }
}
