using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Relais.Simulator;
using Shouldly;
using Xunit;

namespace Relais.Tests.Simulator;

public sealed class SendTests
{
    private const string Amina = "+212600000001";

    [Fact]
    public async Task A_send_over_meta_is_answered_logged_shown_and_followed_by_statuses()
    {
        await using var host = await SimulatorHost.Start();
        host.Hub.Statuses = new StatusPolicy(StatusReach.Read, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20));
        await host.Hub.Phone(Amina).Say(host.Meta, "Bonjour");
        host.Webhooks.Clear();

        var answer = await Json(await host.SendMeta(Amina, "Bonjour Amina", "4711"));
        var id = answer["messages"]![0]!["id"]!.GetValue<string>();
        answer["contacts"]![0]!["input"]!.GetValue<string>().ShouldBe(Amina);
        answer["contacts"]![0]!["wa_id"]!.GetValue<string>().ShouldBe("212600000001");

        var send = await host.Hub.NextSend(Amina, TimeSpan.FromSeconds(5));
        (send.Sequence, send.Text, send.Reference, send.ProviderId).ShouldBe((1, "Bonjour Amina", "4711", id));
        host.Hub.Accepted.ShouldHaveSingleItem().ShouldBe(send);
        host.Hub.Phone(Amina).Messages(host.Meta)[^1].Text.ShouldBe("Bonjour Amina");

        await host.Hub.Quiet();
        var statuses = host.Webhooks.Select(w => w.Value["statuses"]![0]!).ToArray();
        statuses.Select(s => s["status"]!.GetValue<string>()).ShouldBe(["sent", "delivered", "read"]);
        statuses.ShouldAllBe(s => s["id"]!.GetValue<string>() == id && s["biz_opaque_callback_data"]!.GetValue<string>() == "4711");
    }

    [Fact]
    public async Task A_send_over_twilio_gets_the_message_resource_and_signed_callbacks()
    {
        await using var host = await SimulatorHost.Start();
        await host.Hub.Phone(Amina).Say(host.Twilio, "Bonjour");
        host.Webhooks.Clear();

        var response = await host.SendTwilio("whatsapp:" + Amina, "Voilà", "https://shop.example/relais/status?message=4711");
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var answer = await Json(response);
        answer["status"]!.GetValue<string>().ShouldBe("queued");
        answer["body"]!.GetValue<string>().ShouldBe("Voilà");
        (await host.Hub.NextSend(Amina, TimeSpan.FromSeconds(5))).Reference.ShouldBe("4711");

        await host.Hub.Quiet();
        host.Webhooks.Select(w => WebhookTests.Form(w.Text)["MessageStatus"]).ShouldBe(["sent", "delivered"]);
        var callback = host.Webhooks.First();
        callback.Target.ShouldBe("/relais/status?message=4711");
        callback.TwilioSignature.ShouldBe(TwilioSignature.Of(
            "twilio-token", "https://shop.example/relais/status?message=4711", WebhookTests.Form(callback.Text)));

        var list = await Json(await host.CallTwilio(
            HttpMethod.Get, $"2010-04-01/Accounts/{host.Twilio.Account}/Messages.json?To=whatsapp:%2B212600000001"));
        list["messages"]!.AsArray().ShouldHaveSingleItem()!["sid"]!.GetValue<string>().ShouldBe(answer["sid"]!.GetValue<string>());
    }

    [Fact]
    public async Task Free_text_after_24_silent_hours_is_refused_as_each_provider_does()
    {
        await using var host = await SimulatorHost.Start();
        Code(await Json(await host.SendMeta("+15551234567", "Hello"))).ShouldBe(131047);

        await host.Hub.Phone(Amina).Say(host.Meta, "Bonjour");
        await host.Hub.Phone(Amina).Say(host.Twilio, "Bonjour");
        host.Clock.Advance(TimeSpan.FromHours(25));
        var late = await host.SendMeta(Amina, "Late");
        late.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Code(await Json(late)).ShouldBe(131047);
        host.Approve("hello", "fr", "Bonjour à vous.");
        (await host.PostMeta(
            $$$"""{"messaging_product":"whatsapp","to":"{{{Amina}}}","type":"template","template":{"name":"hello","language":{"code":"fr"} } }"""))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        await host.Hub.Quiet();

        host.Webhooks.Clear();
        (await host.SendTwilio("whatsapp:" + Amina, "Late", "https://shop.example/relais/status"))
            .StatusCode.ShouldBe(HttpStatusCode.Created);
        await host.Hub.Quiet();
        var status = host.Webhooks.Select(w => WebhookTests.Form(w.Text)).Single(f => f["MessageStatus"] == "undelivered");
        status["ErrorCode"].ShouldBe("63016");
    }

    [Fact]
    public async Task Meta_refuses_what_is_malformed_with_its_own_codes()
    {
        await using var host = await SimulatorHost.Start();
        await host.Hub.Phone(Amina).Say(host.Meta, "Bonjour");

        var wrongToken = await host.SendMeta(Amina, "x", token: "other");
        wrongToken.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        Code(await Json(wrongToken)).ShouldBe(190);
        Code(await Json(await host.SendMeta(Amina, new string('x', 4097)))).ShouldBe(100);
        Code(await Json(await host.SendMeta("", "x"))).ShouldBe(100);
        Code(await Json(await host.PostMeta("{"))).ShouldBe(100);
        Code(await Json(await host.PostMeta("[]"))).ShouldBe(100);
        Code(await Json(await host.PostMeta("""{"messaging_product":"whatsapp","to":"+212600000001","type":"text","text":{"body":"\ud800"}}""")))
            .ShouldBe(100);
        Code(await Json(await host.SendMeta(Amina, "x", path: "v23.0/999"))).ShouldBe(33);
        (await host.SendMeta(Amina, new string('x', 4096), path: "106540352242922")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Twilio_refuses_what_is_malformed_with_its_own_codes()
    {
        await using var host = await SimulatorHost.Start();
        await host.Hub.Phone(Amina).Say(host.Twilio, "Bonjour");
        const string to = "whatsapp:" + Amina;

        (await host.SendTwilio(to, "x", token: "other")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Json(await host.SendTwilio(to, new string('x', 1601))))["code"]!.GetValue<int>().ShouldBe(21617);
        (await Json(await host.SendTwilio(to, "")))["code"]!.GetValue<int>().ShouldBe(21602);
        (await Json(await host.SendTwilio(Amina, "x")))["code"]!.GetValue<int>().ShouldBe(21211);
        (await Json(await host.SendTwilio(to, "x", from: "whatsapp:+1999999999")))["code"]!.GetValue<int>().ShouldBe(63007);
    }

    [Fact]
    public async Task Marking_read_turns_the_customers_ticks_blue_and_opening_the_chat_reports_read()
    {
        await using var host = await SimulatorHost.Start();
        var phone = host.Hub.Phone(Amina);
        var first = await phone.Say(host.Meta, "Bonjour");
        await phone.Say(host.Meta, "?");
        (await host.PostMeta(
            $$$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{{first.MessageId}}}","typing_indicator":{"type":"text"}}"""))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        phone.Messages(host.Meta).Select(m => m.State).ShouldBe([BubbleState.Seen, BubbleState.Taken]);

        var onTwilio = await phone.Say(host.Twilio, "Bonjour");
        (await host.CallTwilio(HttpMethod.Post, "v2/Indicators/Typing.json", new() { ["messageId"] = onTwilio.MessageId, ["channel"] = "whatsapp" }))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        phone.Messages(host.Twilio)[0].State.ShouldBe(BubbleState.Seen);

        host.Hub.Statuses = StatusPolicy.None;
        await host.SendMeta(Amina, "Bonjour Amina");
        host.Webhooks.Clear();
        (await host.Http.PostAsJsonAsync("/simulator/api/read", new { phone = Amina, to = host.Meta.Address }))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        await host.Hub.Quiet();
        host.Webhooks.ShouldHaveSingleItem().Value["statuses"]![0]!["status"]!.GetValue<string>().ShouldBe("read");
    }

    [Fact]
    public async Task The_log_is_bounded_and_can_be_read_along()
    {
        await using var host = await SimulatorHost.Start();
        host.Hub.EnforceWindow = false;
        host.Hub.Statuses = StatusPolicy.None;
        host.Hub.AcceptedCap = 40;
        for (var i = 1; i <= 60; i++)
        {
            (await host.SendMeta(Amina, "n" + i)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        host.Hub.AcceptedTotal.ShouldBe(60);
        host.Hub.Accepted.Count.ShouldBeInRange(40, 50);
        host.Hub.AcceptedAfter(58).Select(s => s.Text).ShouldBe(["n59", "n60"]);
        var page = await host.Http.GetFromJsonAsync<JsonObject>("/simulator/api/accepted?after=59");
        page!["items"]![0]!["sequence"]!.GetValue<long>().ShouldBe(60);
    }

    internal static async Task<JsonNode> Json(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    internal static int Code(JsonNode answer) => answer["error"]!["code"]!.GetValue<int>();
}
