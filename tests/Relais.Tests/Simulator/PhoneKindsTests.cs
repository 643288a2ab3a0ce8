using Microsoft.Playwright;
using Relais.Simulator;
using Shouldly;
using Xunit;

namespace Relais.Tests.Simulator;

/// <summary>Every kind of message on the page in a real browser: sent with the menus, shown as it came.</summary>
public sealed class PhoneKindsTests
{
    private const string Amina = "+212600000001";

    [Theory]
    [InlineData("image", "image")]
    [InlineData("video", "video")]
    [InlineData("voice", "audio")]
    [InlineData("audio", "audio")]
    [InlineData("document", "document")]
    [InlineData("sticker", "sticker")]
    [InlineData("location", "location")]
    [InlineData("contacts", "contacts")]
    [InlineData("order", "order")]
    [InlineData("forward", "text")]
    [InlineData("ad", "text")]
    [InlineData("unsupported", "unsupported")]
    public async Task What_the_menu_attaches_is_posted_and_shown(string entry, string type)
    {
        await using var host = await SimulatorHost.Start();
        await using var browser = await PhonePageTests.Open();
        var (page, complaints) = await PhonePageTests.Visit(browser, host, "fr");
        await page.Locator("#attach").ClickAsync();
        await page.Locator($".menu [data-act={entry}]").ClickAsync();
        if (entry is "location" or "contacts" or "order")
        {
            await page.Locator("#sheet button.strong").ClickAsync();
        }

        var bubble = page.Locator($".bubble.mine[data-type={type}]");
        await bubble.Locator(".ticks.taken").WaitForAsync();
        await host.Posted(w => w.Value["messages"]?[0]!["type"]!.GetValue<string>() == type);
        if (entry is "image" or "sticker")
        {
            await page.WaitForFunctionAsync("() => { const i = document.querySelector('.bubble img'); return i && i.complete && i.naturalWidth > 0; }");
        }
        else if (entry is "voice" or "audio" or "video")
        {
            await page.WaitForFunctionAsync("() => { const m = document.querySelector('.bubble audio, .bubble video'); return m && m.readyState > 0 && m.duration > 0; }");
        }

        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_business_sends_is_shown_tapped_reacted_to_and_answered()
    {
        await using var host = await SimulatorHost.Start();
        host.Hub.Statuses = StatusPolicy.None;
        await using var browser = await PhonePageTests.Open();
        var (page, complaints) = await PhonePageTests.Visit(browser, host, "fr");
        await host.Hub.Phone(Amina).Say(host.Meta, "Bonjour");
        await Post(host, """
            "type":"interactive","interactive":{"type":"list","header":{"type":"text","text":"Commandes"},"body":{"text":"Laquelle ?"},"footer":{"text":"Merci"},"action":{"button":"Choisir","sections":[{"title":"Mai","rows":[{"id":"o1","title":"C-1","description":"12 mai"},{"id":"o2","title":"C-2"}]}]}}
            """);
        await page.GetByRole(AriaRole.Button, new() { Name = "Choisir" }).ClickAsync();
        await page.Locator("#sheet .row").First.ClickAsync();
        await page.Locator(".bubble.mine .quote").WaitForAsync();
        await host.Posted("\"list_reply\":{\"id\":\"o1\"");

        await page.Locator(".bubble.theirs .bubble-more").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".menu .emojis button").First.WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".bubble.theirs .reaction", new() { HasText = "👍" }).WaitForAsync();
        await host.Posted("\"type\":\"reaction\"");

        await page.Locator(".bubble.theirs").First.HoverAsync();
        await page.Locator(".bubble.theirs .bubble-more").First.ClickAsync();
        await page.Locator(".menu [data-act=reply]").ClickAsync();
        await page.Locator("#text").FillAsync("Celle-ci");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".bubble.mine", new() { HasText = "Celle-ci" }).Locator(".quote").WaitForAsync();
        (await host.Posted("Celle-ci")).Value["messages"]![0]!["context"]!["id"]!.GetValue<string>().ShouldStartWith("wamid.");

        await page.Locator(".bubble.mine", new() { HasText = "Celle-ci" }).HoverAsync();
        await page.Locator(".bubble.mine", new() { HasText = "Celle-ci" }).Locator(".bubble-more").ClickAsync();
        await page.Locator(".menu [data-act=remove]").ClickAsync();
        await page.GetByText("Ce message a été supprimé").First.WaitForAsync();
        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_window_closes_by_the_clock_and_the_business_can_be_blocked()
    {
        await using var host = await SimulatorHost.Start();
        await using var browser = await PhonePageTests.Open();
        var (page, complaints) = await PhonePageTests.Visit(browser, host, "en");
        await host.Hub.Phone(Amina).Say(host.Meta, "Hello");
        await page.Locator("#window", new() { HasText = "window open" }).WaitForAsync();
        await page.Locator("#world").ClickAsync();
        await page.Locator(".menu [data-act=advance]").ClickAsync();
        await page.Locator("#window", new() { HasText = "window closed" }).WaitForAsync();
        SendTests.Code(await SendTests.Json(await host.SendMeta(Amina, "x"))).ShouldBe(131047);

        await page.Locator("#world").ClickAsync();
        await page.Locator(".menu [data-act=block]").ClickAsync();
        await page.Locator("#blocked").WaitForAsync();
        host.Approve("hello", "en", "Good day to you.");
        await page.Locator("#world").ClickAsync();
        await page.Locator(".menu [data-act=templates]").ClickAsync();
        await page.Locator("#sheet .row.template", new() { HasText = "hello" }).WaitForAsync();
        complaints.ShouldBeEmpty();
    }

    private static async Task Post(SimulatorHost host, string rest) =>
        (await host.PostMeta($$"""{"messaging_product":"whatsapp","to":"{{Amina}}",{{rest}} }""")).EnsureSuccessStatusCode();
}
