using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Relais.Simulator;
using Shouldly;
using Xunit;

namespace Relais.Tests.Simulator;

public sealed class WebhookTests
{
    [Fact]
    public async Task A_customers_text_arrives_in_metas_envelope_under_metas_signature()
    {
        await using var host = await SimulatorHost.Start();
        var result = await host.Hub.Phone("+213600000003").Say(host.Meta, "أين طلبي TRK123456؟ 1/2 😀");

        result.Taken.ShouldBeTrue();
        var webhook = host.Webhooks.ShouldHaveSingleItem();
        webhook.Body.ShouldAllBe(b => b < 0x7f);
        webhook.Text.ShouldContain("1\\/2 \\ud83d\\ude00");
        webhook.MetaSignature.ShouldBe("sha256=" + Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes("meta-app-secret"), webhook.Body)));
        var value = webhook.Value;
        value["metadata"]!["phone_number_id"]!.GetValue<string>().ShouldBe("106540352242922");
        value["contacts"]![0]!["profile"]!["name"]!.GetValue<string>().ShouldBe("عمر");
        var message = value["messages"]![0]!;
        message["from"]!.GetValue<string>().ShouldBe("213600000003");
        message["id"]!.GetValue<string>().ShouldBe(result.MessageId);
        message["text"]!["body"]!.GetValue<string>().ShouldBe("أين طلبي TRK123456؟ 1/2 😀");
    }

    [Fact]
    public async Task A_customers_text_arrives_as_twilios_form_signed_over_the_public_url()
    {
        await using var host = await SimulatorHost.Start();
        var result = await host.Hub.Phone("+33600000002").Say(host.Twilio, "Ça va ? 1+1=2 & plus");

        var webhook = host.Webhooks.ShouldHaveSingleItem();
        var form = Form(webhook.Text);
        form["From"].ShouldBe("whatsapp:+33600000002");
        form["To"].ShouldBe("whatsapp:+14155238886");
        form["Body"].ShouldBe("Ça va ? 1+1=2 & plus");
        form["MessageSid"].ShouldBe(result.MessageId);
        form["WaId"].ShouldBe("33600000002");
        form["ReferralNumMedia"].ShouldBe("0");
        webhook.TwilioSignature.ShouldBe(TwilioSignature.Of("twilio-token", "https://shop.example/relais/twilio", form));
    }

    [Fact]
    public async Task A_customer_who_hides_the_number_shows_only_a_user_id()
    {
        await using var host = await SimulatorHost.Start();
        var phone = host.Hub.Phone("+447700900004");
        phone.HidesNumber = true;
        await phone.Say(host.Meta, "Hello");
        await phone.Say(host.Twilio, "Hello");

        var message = host.Webhooks.First().Value["messages"]![0]!.AsObject();
        message.ContainsKey("from").ShouldBeFalse();
        message["from_user_id"]!.GetValue<string>().ShouldBe(phone.UserId);
        Form(host.Webhooks.Last().Text)["From"].ShouldBe("whatsapp:" + phone.UserId);

        var answer = await host.PostMeta(
            $$$"""{"messaging_product":"whatsapp","recipient":"{{{phone.UserId}}}","type":"text","text":{"body":"Hi"}}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Hub.NextSend("+447700900004", TimeSpan.FromSeconds(5))).Text.ShouldBe("Hi");
        var contact = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["contacts"]![0]!.AsObject();
        contact.ContainsKey("wa_id").ShouldBeFalse();
    }

    [Fact]
    public async Task A_refused_message_shows_on_the_phone_and_can_be_retried_with_the_same_bytes()
    {
        await using var host = await SimulatorHost.Start();
        host.Answer = _ => 503;
        var phone = host.Hub.Phone("+212600000001");
        var result = await phone.Say(host.Meta, "Bonjour");

        result.StatusCode.ShouldBe(503);
        var bubble = phone.Messages(host.Meta).ShouldHaveSingleItem();
        bubble.State.ShouldBe(BubbleState.NotTaken);
        bubble.Answered.ShouldBe(503);

        host.Answer = _ => 200;
        (await phone.Retry(host.Meta, bubble.Id))!.Taken.ShouldBeTrue();
        bubble.State.ShouldBe(BubbleState.Taken);
        host.Webhooks.Select(w => w.Text).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Meta_repeats_what_was_not_taken_and_twilio_does_not()
    {
        await using var host = await SimulatorHost.Start();
        host.Hub.Redelivery = new RedeliveryPolicy(4, TimeSpan.FromMilliseconds(10));
        var calls = 0;
        host.Answer = r => r.MetaSignature is null || Interlocked.Increment(ref calls) < 3 ? 500 : 200;
        var phone = host.Hub.Phone("+212600000001");
        await phone.Say(host.Meta, "Bonjour");
        await phone.Say(host.Twilio, "Bonjour");
        await host.Hub.Quiet();

        host.Webhooks.Count(w => w.MetaSignature is not null).ShouldBe(3);
        host.Webhooks.Count(w => w.TwilioSignature is not null).ShouldBe(1);
        phone.Messages(host.Meta).Single().State.ShouldBe(BubbleState.Taken);
    }

    [Fact]
    public async Task Nobody_at_home_is_an_answer_too()
    {
        await using var host = await SimulatorHost.Start();
        var away = host.Meta with { Address = "1", WebhookUrl = new Uri("http://127.0.0.1:1/") };
        host.Hub.Connect(away);
        (await host.Hub.Phone("+212600000001").Say(away, "Bonjour")).Failure.ShouldBe(WebhookFailure.Unreachable);
    }

    [Fact]
    public async Task Raw_bodies_are_signed_as_they_are()
    {
        await using var host = await SimulatorHost.Start();
        var phone = host.Hub.Phone("+212600000001");
        await phone.SendRaw(host.Meta, "{broken"u8.ToArray());
        await phone.SendRaw(host.Meta, "{}"u8.ToArray(), "sha256=00");
        await phone.SendRaw(host.Twilio, "a=1+2&a=%C3%A9&b"u8.ToArray());

        var all = host.Webhooks.ToArray();
        all[0].MetaSignature.ShouldBe(MetaSignature.Of("meta-app-secret", "{broken"u8));
        all[1].MetaSignature.ShouldBe("sha256=00");
        all[2].TwilioSignature.ShouldBe(TwilioSignature.Of(
            "twilio-token", "https://shop.example/relais/twilio", [new("a", "1 2"), new("a", "é"), new("b", "")]));
    }

    internal static Dictionary<string, string> Form(string body) => body.Split('&').Select(p => p.Split('=')).ToDictionary(
        p => WebUtility.UrlDecode(p[0]), p => WebUtility.UrlDecode(p[1]), StringComparer.Ordinal);
}
