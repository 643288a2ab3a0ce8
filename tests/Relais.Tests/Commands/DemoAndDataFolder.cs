using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Relais.Commands;
using Relais.Foundation;
using Relais.Health;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Commands;

/// <summary>One process a folder; and a demo that answers this computer alone.</summary>
public sealed class DemoAndDataFolder : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("relais-demo-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_second_server_in_the_same_folder_is_refused_with_a_sentence()
    {
        using (DataFolder.Lock(folder))
        {
            Should.Throw<InvalidOperationException>(() => DataFolder.Lock(folder)).Message.ShouldContain("RELAIS_DATA");
        }

        using var again = DataFolder.Lock(folder);
        var name = again.NodeName(null);
        again.NodeName(null).ShouldBe(name);
        again.NodeName("node-7").ShouldBe("node-7");
    }

    [Fact]
    public async Task The_demo_lets_in_this_computer_and_refuses_foreign_hosts_and_proxies()
    {
        var url = $"http://127.0.0.1:{Relais.Rig.Ports.Free()}";
        var settings = Settings.From(new Dictionary<string, string> { ["RELAIS_URLS"] = url, ["RELAIS_DATA"] = folder, ["RELAIS_LOG"] = "error" });
        using var locked = DataFolder.Lock(folder);
        await using var app = ServeHost.Build(settings, locked, demo: true);
        await app.StartAsync();
        await Eventually.Holds(() => Task.FromResult(app.Services.GetRequiredService<WorkHealth>().IsStarted), "the demo starts");
        using var desk = await SignIn(new Uri(url));
        (await desk.GetAsync("/api/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.Holds(async () => CountOf(await desk.GetStringAsync("/api/templates?status=approved&limit=200"), "\"provider_id\":") == 2 * Relais.Templates.ShippedTemplates.All.Count,
            "the templates that come with Relais are approved on both channels");
        foreach (var (header, value) in new[]
        {
            ("Host", "relais.example.com"), ("Host", "127.0.0.1.evil.example"), ("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-Host", "localhost"), ("Forwarded", "for=1.2.3.4"),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me");
            request.Headers.TryAddWithoutValidation(header, value);
            var answer = await desk.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{header}: {value}");
            (await answer.Content.ReadAsStringAsync()).ShouldContain("demo_is_local");
        }

        await app.StopAsync();
    }

    private static int CountOf(string text, string part) => text.Split(part).Length - 1;

    private static async Task<HttpClient> SignIn(Uri url)
    {
        var http = new HttpClient { BaseAddress = url };
        var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            http, "/api/auth/login", new { email = "demo@example.com", password = "demo123" });
        answer.EnsureSuccessStatusCode();
        using var body = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        http.DefaultRequestHeaders.Authorization = new("Bearer", body.RootElement.GetProperty("token").GetString());
        return http;
    }
}
