using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Relais.Simulator;
using Shouldly;
using Xunit;

namespace Relais.Tests.Simulator;

public sealed class ControlTests
{
    [Fact]
    public async Task The_state_shows_numbers_and_chats_but_no_secret()
    {
        await using var host = await SimulatorHost.Start();
        await host.Http.PostAsJsonAsync("/simulator/api/phones", new { number = "+32470000005", name = "Noor" });
        var said = await (await host.Http.PostAsJsonAsync(
            "/simulator/api/say", new { phone = "+32470000005", to = host.Meta.Address, text = "Hallo" })).Content.ReadFromJsonAsync<JsonObject>();
        said!["taken"]!.GetValue<bool>().ShouldBeTrue();

        var text = await host.Http.GetStringAsync("/simulator/api/state");
        text.ShouldNotContain("meta-app-secret");
        text.ShouldNotContain("twilio-token");
        var noor = JsonNode.Parse(text)!["phones"]!.AsArray().Single(p => p!["name"]!.GetValue<string>() == "Noor")!;
        noor["chats"]![0]!["messages"]![0]!["state"]!.GetValue<string>().ShouldBe("taken");
    }

    [Theory]
    [InlineData("say")]
    [InlineData("faults")]
    [InlineData("numbers")]
    [InlineData("phones")]
    public async Task A_foreign_pages_form_changes_nothing(string path)
    {
        await using var host = await SimulatorHost.Start();
        var response = await host.Http.PostAsync("/simulator/api/" + path, new StringContent("{}", Encoding.UTF8, "text/plain"));
        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Faults_and_statuses_are_programmed_from_another_process()
    {
        await using var host = await SimulatorHost.Start();
        (await host.Http.PostAsJsonAsync("/simulator/api/faults", new { kind = "too_many_requests", times = 3, retry_after = 2 }))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Hub.Faults.Active.ShouldHaveSingleItem().ShouldBe(new Fault(FaultKind.TooManyRequests, 3, RetryAfter: 2));
        (await host.Http.PostAsJsonAsync("/simulator/api/faults", new { kind = "nonsense" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var clear = new HttpRequestMessage(HttpMethod.Delete, "/simulator/api/faults") { Content = JsonContent.Create(new { }) };
        (await host.Http.SendAsync(clear)).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Hub.Faults.Active.ShouldBeEmpty();

        await host.Http.PostAsJsonAsync("/simulator/api/statuses", new { reach = "read", first_after_ms = 1, between_ms = 2 });
        host.Hub.Statuses.ShouldBe(new StatusPolicy(StatusReach.Read, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2)));
        await host.Http.PostAsJsonAsync("/simulator/api/settings", new { enforce_window = false, redelivery_attempts = 2 });
        host.Hub.EnforceWindow.ShouldBeFalse();
        host.Hub.Redelivery.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task An_open_page_sees_bubbles_as_they_come()
    {
        await using var host = await SimulatorHost.Start();
        using var stream = new StreamReader(await host.Http.GetStreamAsync("/simulator/api/events"));
        (await stream.ReadLineAsync()).ShouldBe("retry: 1000");
        await host.Hub.Phone("+212600000001").Say(host.Meta, "Bonjour");
        string? line;
        do
        {
            line = await stream.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(5));
        }
        while (line?.Contains("\"taken\"", StringComparison.Ordinal) != true);
        line.ShouldContain("+212600000001", Case.Sensitive);
    }

    [Theory]
    [InlineData("/simulator", "text/html")]
    [InlineData("/simulator/simulator.js", "text/javascript")]
    [InlineData("/simulator/simulator.css", "text/css")]
    public async Task The_page_comes_with_a_policy_that_forbids_foreign_scripts(string path, string type)
    {
        await using var host = await SimulatorHost.Start();
        var response = await host.Http.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self';");
    }

    [Fact]
    public void The_command_reads_the_settings_of_relais()
    {
        var settings = new Dictionary<string, string>
        {
            ["TWILIO_ACCOUNT_SID"] = "AC1", ["TWILIO_AUTH_TOKEN"] = "t", ["TWILIO_WHATSAPP_NUMBER"] = "whatsapp:+14155238886",
            ["WEBHOOK_BASE_URL"] = "https://shop.example/", ["WHATSAPP_PHONE_NUMBER_ID"] = "9", ["WHATSAPP_APP_SECRET"] = "s",
        };
        var numbers = SimulatorCommand.NumbersFrom(settings.GetValueOrDefault, new Uri("http://127.0.0.1:5080")).ToArray();
        numbers[0].WebhookUrl.ShouldBe(new Uri("http://127.0.0.1:5080/api/whatsapp/webhook"));
        numbers[1].Address.ShouldBe("+14155238886");
        numbers[1].WebhookUrl.ShouldBe(new Uri("http://127.0.0.1:5080/api/whatsapp/webhook/incoming"));
        numbers[1].SignedUrl.ShouldBe(new Uri("https://shop.example/api/whatsapp/webhook/incoming"));
    }
}
