using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Relais.Channels;
using Relais.Foundation;
using Relais.Health.Calls;
using Relais.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Health;

/// <summary>Every call between Relais and a provider is listed, and no secret with it.</summary>
public sealed class ProviderCallTests
{
    private const string Question = "Où est ma commande TRK123456 ?";

    [Theory, OnEveryDatabase]
    public async Task Calls_in_both_directions_are_listed_with_what_they_said(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            var chat = relais.Chat(number, number == relais.Meta ? "+33651000001" : "+33651000002");
            await chat.Asks(Question, "TRK123456");
            var id = await desk.ConversationWith(chat.Phone);
            var sent = (await Calls(desk, $"?direction=outgoing&operation=send&conversation_id={id}", 1)).ShouldHaveSingleItem();
            sent.Text("phone_number").ShouldBe(chat.Phone.Number);
            sent.Text("outcome").ShouldBe("accepted");
            sent.Text("status_code").ShouldBe(number == relais.Meta ? "200" : "201");
            sent.Text("request").ShouldStartWith("POST http://127.0.0.1:");
            sent.Text("payload").ShouldContain("TRK123456 est expédiée");
            sent.Text("response").ShouldNotBeEmpty();
            sent.GetProperty("duration_micros").GetInt64().ShouldBeGreaterThan(0);
            (await Calls(desk, $"?message_id={sent.Text("message_id")}", 1)).ShouldHaveSingleItem().Text("id").ShouldBe(sent.Text("id"));

            var received = (await Calls(desk, $"?direction=incoming&conversation_id={id}", 1)).ShouldHaveSingleItem();
            received.Text("operation").ShouldBe("received");
            received.Text("payload").ShouldContain("commande");
            (await Calls(desk, $"?conversation_id={id}", 2)).Select(c => c.Text("direction")).ShouldBe(["outgoing", "incoming"]);
        }

        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Get("/api/provider-calls")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await desk.Get("/api/whatsapp-logs?direction=incoming")).Ok().Body.GetProperty("items").GetArrayLength().ShouldBe(2);
        (await desk.Get("/api/provider-calls?direction=sideways")).Refused(400, "invalid");
        (await desk.Get("/api/provider-calls?message_id=x")).Body.GetProperty("errors").TryGetProperty("message_id", out _).ShouldBeTrue();
    }

    [Theory, OnEveryDatabase]
    public async Task No_key_of_any_number_is_in_any_row_even_when_a_customer_or_a_provider_writes_it(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        string[] keys = [relais.Meta.AccessToken, relais.Meta.Secret, relais.Twilio.Secret, "verify-token"];
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            var chat = relais.Chat(number, number == relais.Meta ? "+33651000003" : "+33651000004");
            await chat.Asks(Question, "TRK123456");
            var id = await desk.ConversationWith(chat.Phone);
            (await desk.Act(id, "send", new { message = $"Canari {number.AccessToken} {number.Secret} https://x.example/?access_token=abc123def" })).Ok();
            await chat.Phone.Receives(number, 2);
        }

        await Calls(desk, "?direction=outgoing&operation=send", 4);
        var rows = string.Join('\n', await relais.Facts.Query<string>(
            "SELECT request || ' ' || coalesce(payload, '') || ' ' || coalesce(response, '') FROM provider_call"));
        rows.ShouldContain("Canari [removed]");
        rows.ShouldNotContain("abc123def");
        rows.ShouldNotContain("Bearer");
        rows.ShouldNotContain("Basic ");
        foreach (var key in keys)
        {
            rows.ShouldNotContain(key);
        }
    }

    [Theory, OnEveryDatabase]
    public async Task A_failed_call_says_why_and_with_errors_only_nothing_else_is_kept(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, new() { ["RELAIS_PROVIDER_LOG"] = "errors" });
        using var desk = await DeskClient.SignIn(relais);
        await relais.Chat(relais.Meta, "+33651000005").Asks(Question, "TRK123456");
        relais.Simulator.Faults.Add(new Fault(FaultKind.Undeliverable, Times: 1, To: "+33651000006"));
        await relais.Chat(relais.Meta, "+33651000006").Says(Question);

        var refused = (await Calls(desk, "?direction=outgoing", 1)).ShouldHaveSingleItem();
        refused.Text("outcome").ShouldBe("refused");
        refused.Text("status_code").ShouldBe("400");
        refused.Text("response").ShouldContain("131026");
    }

    [Fact]
    public void A_log_that_is_full_drops_the_oldest_and_counts_them()
    {
        long dropped = 0;
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "relais.provider_call.dropped")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref dropped, count));
        listener.Start();
        var calls = new ProviderCallLog("all");
        for (var i = 0; i < ProviderCallLog.Capacity + 3; i++)
        {
            End(calls, i, "{}");
        }

        dropped.ShouldBeGreaterThanOrEqualTo(3);
        var kept = calls.Take(int.MaxValue);
        kept.Count.ShouldBe(ProviderCallLog.Capacity);
        kept[0].MessageId.ShouldBe(3);
        new ProviderCallLog("off").Begin(1, "send").ShouldBeNull();
    }

    [Fact]
    public void What_is_kept_is_short_and_readable_and_a_cut_leaves_no_half_of_a_secret()
    {
        var secret = new string('s', 300);
        var calls = new ProviderCallLog("all");
        End(calls, 1, $"{{\"a\":\"{new string('x', ProviderCall.MostBytes - 107)}{secret}\"}}");
        End(calls, 2, "From=whatsapp%3A%2B331&Body=Bonjour+%C3%A0+tous%00", "application/x-www-form-urlencoded");
        End(calls, 3, "PNG…", "multipart/form-data");
        End(calls, 4, """{"pin":"123456","verify_token" : "wörd\"x","to":"+33"}""");
        var texts = calls.Take(4).ConvertAll(c => CallText.Payload(c, [secret])!);
        texts[0].Length.ShouldBeLessThanOrEqualTo(8 * 1024);
        texts[0].ShouldNotContain("sss");
        texts[1].ShouldBe("From=whatsapp:+331&Body=Bonjour à tous");
        texts[2].ShouldBe("[6 bytes of multipart/form-data]");
        texts[3].ShouldBe("""{"pin":"[removed]","verify_token" : "[removed]","to":"+33"}""");
        CallText.Clean($"{new string('y', 2000)}{secret[..200]}", isCut: true, [secret], 4096).ShouldNotContain("sss");
    }

    private static void End(ProviderCallLog calls, long id, string body, string type = "application/json")
    {
        var call = calls.Begin(1, "send", null, id)!;
        call.Starts(HttpMethod.Post, new Uri("https://provider.example/x"), Encoding.UTF8.GetBytes(body), new MediaTypeHeaderValue(type), new Clock());
        call.Ended(new ProviderAnswer.Answered(200, "{}"u8.ToArray(), null));
    }

    /// <summary>The calls of a query once there are so many: they are written about a second later.</summary>
    internal static async Task<List<JsonElement>> Calls(DeskClient desk, string query, int count)
    {
        List<JsonElement> items = [];
        await Eventually.Holds(async () =>
        {
            items = [.. (await desk.Get("/api/provider-calls" + query)).Ok().Body.GetProperty("items").EnumerateArray()];
            return items.Count >= count;
        }, $"{count} calls are logged for {query}");
        return items;
    }
}
