using Microsoft.Playwright;
using Relais.Simulator;
using Relais.Tests.Simulator;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>The phone page in a browser, the simulator and the whole server: what is attached there reaches the desk, what the desk sends is shown there.</summary>
public sealed class EveryKindOnThePhone
{
    private const string Amina = "+212600000001";

    [Theory]
    [InlineData("meta")]
    [InlineData("twilio")]
    public async Task Goes_round(string name)
    {
        var channel = Enum.Parse<SimulatedChannel>(name, ignoreCase: true);
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        var number = channel == SimulatedChannel.Meta ? relais.Meta : relais.Twilio;
        using var desk = await DeskClient.SignIn(relais);
        await using var browser = await PhonePageTests.Open();
        var (page, complaints) = await PhonePageTests.Visit(browser, new Uri(relais.SimulatorUrl), number, "fr");
        var phone = relais.Simulator.Phone(Amina);
        await page.Locator("#text").FillAsync("Bonjour");
        await page.Keyboard.PressAsync("Enter");
        await phone.Receives(number, 1);
        var id = await desk.ConversationWith(phone);
        (await desk.Act(id, "take-over")).Ok();

        foreach (var (entry, type) in Entries(channel))
        {
            await page.Locator("#attach").ClickAsync();
            await page.Locator($".menu [data-act={entry}]").ClickAsync();
            if (entry is "location" or "contacts" or "order")
            {
                await page.Locator("#sheet button.strong").ClickAsync();
            }

            var there = await desk.MessageThat(id, m => m.Text("author") == "client" && m.Text("type") == type, $"the customer's {entry} is at the desk");
            there.GetProperty("payload").ValueKind.ShouldNotBe(System.Text.Json.JsonValueKind.Null, $"{entry}: {there}");
            if (there.TryGetProperty("media", out var media) && media.ValueKind == System.Text.Json.JsonValueKind.Object)
            {
                var message = there.Text("id");
                await desk.MessageThat(id, m => m.Text("id") == message && m.GetProperty("media").Text("state") == "stored", $"the {entry} is fetched");
            }
        }

        foreach (var (content, shown) in Contents(channel))
        {
            (await desk.Act(id, "send", new { content })).Ok();
            await page.Locator($".bubble.theirs{shown}").Last.WaitForAsync();
        }

        await relais.Settled();
        complaints.ShouldBeEmpty();
    }

    private static IEnumerable<(string Entry, string Type)> Entries(SimulatedChannel channel)
    {
        yield return ("image", "image");
        yield return ("video", "video");
        yield return ("voice", "audio");
        yield return ("document", "document");
        yield return ("sticker", "sticker");
        yield return ("location", "location");
        yield return ("contacts", "contacts");
        if (channel == SimulatedChannel.Meta)
        {
            yield return ("order", "order");
            yield return ("unsupported", "unsupported");
        }
    }

    private static IEnumerable<(object Content, string Shown)> Contents(SimulatedChannel channel)
    {
        var two = new[] { new { id = "y", title = "Oui" }, new { id = "n", title = "Non" } };
        yield return (new { type = "buttons", body = "On livre demain ?", items = two }, ":has-text('Oui')");
        yield return (new { type = "list", body = "Quel jour ?", button = "Choisir", sections = new[] { new { title = "Mai", rows = two } } }, ":has-text('Choisir')");
        yield return (new { type = "url_button", body = "Le site", label = "Ouvrir", url = "https://shop.example/" }, ":has-text('Ouvrir')");
        yield return (new { type = "location", latitude = 33.5, longitude = -7.6, name = "Boutique" }, ":has-text('Boutique')");
        if (channel == SimulatedChannel.Meta)
        {
            yield return (new { type = "location_request", body = "Où êtes-vous ?" }, ":has-text('Où êtes-vous')");
            yield return (new { type = "contacts", items = new[] { new { name = "Nadia", phones = new[] { new { phone = "+212600000077" } } } } }, ":has-text('Nadia')");
            yield return (new { type = "product", catalog_id = "c1", product_id = "SKU1", body = "Le voici" }, ":has-text('Le voici')");
            yield return (new { type = "catalog", body = "Tout le catalogue" }, ":has-text('Tout le catalogue')");
        }
    }
}
