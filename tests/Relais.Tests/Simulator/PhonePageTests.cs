using Microsoft.Playwright;
using Relais.Simulator;
using Shouldly;
using Xunit;

namespace Relais.Tests.Simulator;

/// <summary>The page in a real browser: what a person does with the keyboard and the mouse.</summary>
public sealed class PhonePageTests
{
    private const string Amina = "+212600000001";
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    [Fact]
    public async Task A_customer_writes_gets_an_answer_and_reads_it()
    {
        await using var host = await SimulatorHost.Start();
        await using var browser = await Open();
        var (page, complaints) = await Visit(browser, host, "fr");

        await page.GetByText("Bonjour", new() { Exact = true }).ClickAsync();
        await page.Locator(".bubble.mine .ticks.taken").WaitForAsync();
        await page.Locator("#text").FillAsync("<b>Où</b> est TRK123456 ?");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("<b>Où</b> est TRK123456 ?").Last.WaitForAsync();
        (await page.Locator("#text").InputValueAsync()).ShouldBeEmpty();

        host.Webhooks.Clear();
        await host.PostMeta("""
            {"messaging_product":"whatsapp","to":"+212600000001","type":"interactive","interactive":{"type":"button",
            "body":{"text":"Une personne ?"},"action":{"buttons":[{"type":"reply","reply":{"id":"y","title":"Oui"}}]}}}
            """);
        await page.GetByRole(AriaRole.Button, new() { Name = "Oui" }).ClickAsync();
        await page.Locator(".bubble.mine").Nth(2).WaitForAsync();
        await host.Posted("\"status\":\"read\"");
        await host.Posted("\"button_reply\":{\"id\":\"y\"");
        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_comes_while_the_state_is_read_is_not_lost()
    {
        await using var host = await SimulatorHost.Start();
        await using var browser = await Open();
        var (page, complaints) = await Visit(browser, host, "fr");
        await host.Hub.Phone(Amina).Say(host.Meta, "Bonjour");
        await page.Locator(".bubble.mine").WaitForAsync();

        var readings = 0;
        TaskCompletionSource asked = new(), answer = new();
        await page.RouteAsync("**/simulator/api/state", async route =>
        {
            var old = await route.FetchAsync();
            if (Interlocked.Increment(ref readings) == 1)
            {
                asked.SetResult();
                await answer.Task;
            }

            await route.FulfillAsync(new() { Response = old });
        });
        host.Hub.Phone(Amina, "Amina B.");
        await asked.Task;
        await host.PostMeta("""{"messaging_product":"whatsapp","to":"+212600000001","type":"text","text":{"body":"Entre deux"}}""");
        await page.Locator(".bubble.theirs", new() { HasText = "Entre deux" }).WaitForAsync();
        answer.SetResult();
        await page.Locator(".person", new() { HasText = "Amina B." }).WaitForAsync();
        await page.Locator(".bubble.theirs", new() { HasText = "Entre deux" }).WaitForAsync();
        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_message_offers_another_try()
    {
        await using var host = await SimulatorHost.Start();
        host.Answer = _ => 503;
        await using var browser = await Open();
        var (page, _) = await Visit(browser, host, "ar");
        (await page.EvaluateAsync<string>("document.documentElement.dir")).ShouldBe("rtl");

        await page.Locator("#text").FillAsync("مرحبا");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".failed", new() { HasText = "503" }).WaitForAsync();
        host.Answer = _ => 200;
        await page.Locator(".failed button").ClickAsync();
        await page.Locator(".bubble.mine .ticks.taken").WaitForAsync();
        (await page.Locator(".failed").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_narrow_screen_shows_one_thing_at_a_time_and_a_new_customer_can_be_added()
    {
        await using var host = await SimulatorHost.Start();
        await using var browser = await Open();
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 360, Height = 700 }, Locale = "en-GB" });
        await page.GotoAsync(new Uri(host.Base, "/simulator").ToString());
        await page.GetByText("Add a customer").ClickAsync();
        await page.Locator("#add-name").FillAsync("Noor");
        await page.Locator("#add-number").FillAsync("12");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#add-problem").WaitForAsync();
        await page.Locator("#add-number").FillAsync("+32 470 00 00 05");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#composer").WaitForAsync();
        (await page.Locator("#people").IsVisibleAsync()).ShouldBeFalse();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
        await page.Locator("#back").ClickAsync();
        await page.Locator(".person", new() { HasText = "Noor" }).WaitForAsync();
        host.Hub.FindPhone("+32470000005")!.Name.ShouldBe("Noor");
    }

    internal static Task<(IPage Page, List<string> Complaints)> Visit(IBrowser browser, SimulatorHost host, string language) =>
        Visit(browser, host.Base, host.Meta, language);

    internal static async Task<(IPage Page, List<string> Complaints)> Visit(IBrowser browser, Uri simulator, SimulatedNumber number, string language)
    {
        var page = await browser.NewPageAsync();
        List<string> complaints = [];
        page.PageError += (_, e) => complaints.Add(e);
        page.Console += (_, e) =>
        {
            if (e.Type == "error")
            {
                complaints.Add(e.Text);
            }
        };
        var hash = $"#lang={language}&phone={Uri.EscapeDataString(Amina)}&to={Uri.EscapeDataString(number.Address)}";
        await page.GotoAsync(new Uri(simulator, "/simulator") + hash);
        return (page, complaints);
    }

    internal static async Task<IBrowser> Open()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM") ?? Array.Find(Browsers, File.Exists);
        Assert.SkipWhen(path is null, "No Chromium here; set CHROMIUM to its path.");
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Timeout = 30_000,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
    }
}
