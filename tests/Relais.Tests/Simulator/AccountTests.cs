using System.Net;
using System.Text.Json.Nodes;
using Relais.Simulator;
using Shouldly;
using Xunit;

namespace Relais.Tests.Simulator;

public sealed class AccountTests
{
    private const string Amina = "+212600000001";

    [Fact]
    public async Task A_number_tells_its_name_quality_tier_and_throughput()
    {
        await using var host = await SimulatorHost.Start();
        host.Hub.Profile(host.Meta).QualityRating = "YELLOW";
        var told = await SendTests.Json(await host.CallMeta(HttpMethod.Get, "v23.0/106540352242922?fields=display_phone_number,verified_name,"
            + "quality_rating,throughput,whatsapp_business_manager_messaging_limit,code_verification_status"));
        (told["verified_name"]!.GetValue<string>(), told["quality_rating"]!.GetValue<string>()).ShouldBe(("Boutique", "YELLOW"));
        told["throughput"]!["level"]!.GetValue<string>().ShouldBe("STANDARD");
        told["whatsapp_business_manager_messaging_limit"]!.GetValue<string>().ShouldBe("TIER_2K");
        told["id"]!.GetValue<string>().ShouldBe("106540352242922");
        SendTests.Code(await SendTests.Json(await host.CallMeta(HttpMethod.Get, "v23.0/106540352242922?fields=nonsense"))).ShouldBe(100);
        SendTests.Code(await SendTests.Json(await host.CallMeta(HttpMethod.Get, "v23.0/106540352242922", token: "x"))).ShouldBe(190);
    }

    [Fact]
    public async Task Subscriptions_and_tokens_can_be_asked_about()
    {
        await using var host = await SimulatorHost.Start();
        const string apps = "v23.0/102290129340398/subscribed_apps";
        (await SendTests.Json(await host.CallMeta(HttpMethod.Get, apps)))["data"]!.AsArray().Count.ShouldBe(1);
        await host.CallMeta(HttpMethod.Delete, apps);
        (await SendTests.Json(await host.CallMeta(HttpMethod.Get, apps)))["data"]!.AsArray().ShouldBeEmpty();
        await host.CallMeta(HttpMethod.Post, apps, new JsonObject());
        host.Hub.Profile(host.Meta).IsSubscribed.ShouldBeTrue();

        var good = await SendTests.Json(await host.CallMeta(HttpMethod.Get, "debug_token?input_token=meta-token"));
        good["data"]!["is_valid"]!.GetValue<bool>().ShouldBeTrue();
        good["data"]!["expires_at"]!.GetValue<long>().ShouldBe(0);
        var bad = await SendTests.Json(await host.CallMeta(HttpMethod.Get, "v23.0/debug_token?input_token=other"));
        bad["data"]!["is_valid"]!.GetValue<bool>().ShouldBeFalse();
        (await SendTests.Json(await host.CallTwilio(HttpMethod.Get, $"2010-04-01/Accounts/{host.Twilio.Account}.json")))["status"]!
            .GetValue<string>().ShouldBe("active");
    }

    [Fact]
    public async Task Only_who_wrote_in_the_last_day_can_be_blocked_and_then_nothing_of_theirs_arrives()
    {
        await using var host = await SimulatorHost.Start();
        var never = await Block(host, HttpMethod.Post);
        never.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SendTests.Json(never))["block_users"]!["failed_users"]![0]!["errors"]![0]!["code"]!.GetValue<int>().ShouldBe(131047);

        var phone = host.Hub.Phone(Amina);
        await phone.Say(host.Meta, "Bonjour");
        var done = await SendTests.Json(await Block(host, HttpMethod.Post));
        done["block_users"]!["added_users"]![0]!["wa_id"]!.GetValue<string>().ShouldBe("212600000001");
        host.Webhooks.Clear();
        (await phone.Say(host.Meta, "?")).Failure.ShouldBe(WebhookFailure.Withheld);
        phone.Messages(host.Meta)[^1].State.ShouldBe(BubbleState.Taken);
        host.Webhooks.ShouldBeEmpty();
        SendTests.Code(await SendTests.Json(await host.SendMeta(Amina, "x"))).ShouldBe(130403);

        (await Block(host, HttpMethod.Delete)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await phone.Say(host.Meta, "!")).Taken.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_blocked_the_business_gets_nothing_and_the_provider_says_so_afterwards()
    {
        await using var host = await SimulatorHost.Start();
        var phone = host.Hub.Phone(Amina);
        await phone.Say(host.Meta, "Bonjour");
        await phone.Say(host.Twilio, "Bonjour");
        phone.Block(host.Meta, true);
        phone.Block(host.Twilio, true);
        host.Webhooks.Clear();
        (await host.SendMeta(Amina, "x")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.SendTwilio("whatsapp:" + Amina, "x", "https://shop.example/relais/status")).StatusCode.ShouldBe(HttpStatusCode.Created);
        await host.Hub.Quiet();
        host.Webhooks.ShouldContain(w => w.Text.Contains("131026", StringComparison.Ordinal));
        host.Webhooks.ShouldContain(w => w.Text.Contains("ErrorCode=63033", StringComparison.Ordinal));
        phone.Messages(host.Meta).Count.ShouldBe(1);
    }

    private static Task<HttpResponseMessage> Block(SimulatorHost host, HttpMethod method) => host.CallMeta(
        method, "v23.0/106540352242922/block_users", new JsonObject
        {
            ["messaging_product"] = "whatsapp", ["block_users"] = new JsonArray(new JsonObject { ["user"] = Amina }),
        });
}
