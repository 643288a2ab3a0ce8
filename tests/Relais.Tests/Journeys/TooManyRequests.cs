using System.Diagnostics;
using Relais.Tenants.Limits;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Rate limits of the API: told beforehand, refused with a time to come back, never for webhooks.</summary>
public sealed class TooManyRequests
{
    [Fact]
    public async Task A_session_that_asks_too_much_is_told_when_to_come_back_and_nobody_else_notices()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite, new Dictionary<string, string> { ["RELAIS_RATE_LIMIT"] = "150" });
        using var owner = await DeskClient.SignIn(relais);
        using var other = await DeskClient.SignIn(relais, "Sofia");
        var first = (await owner.Get("/api/labels")).Ok().Response;
        Header(first, "RateLimit-Limit").ShouldBe(150);
        var left = Header(first, "RateLimit-Remaining");
        left.ShouldBeInRange(140, 149);
        Header(first, "RateLimit-Reset").ShouldBeGreaterThan(0);

        // Search has a limit of its own, a tenth.
        var search = await Until429(owner, "/api/search?q=bonjour", most: 60);
        search.Refused(429, "rate_limited");
        Header(search.Response, "RateLimit-Limit").ShouldBe(15);
        Header(search.Response, "RateLimit-Remaining").ShouldBe(0);
        Header(search.Response, "Retry-After").ShouldBeGreaterThan(0);
        (await owner.Get("/api/labels")).Ok();

        (await Until429(owner, "/api/labels", most: 2000)).Refused(429, "rate_limited");
        (await other.Get("/api/labels")).Ok();

        // Customers are heard all the same.
        var phone = relais.Simulator.Phone("+33611110055");
        for (var i = 0; i < 30; i++)
        {
            await phone.Say(relais.Meta, $"Bonjour {i}");
        }

        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM message WHERE author = 1") == 30, "all thirty are stored");

        // Guessing passwords runs into the limit of the address.
        using var nobody = DeskClient.Anonymous(relais);
        var codes = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            codes.Add((await nobody.Post("/api/auth/login", new { email = $"a{i}@b.example", password = "wrong wrong wrong" })).Status);
        }

        codes.ShouldContain(429);
    }

    [Fact]
    public void Each_kind_of_request_is_known_by_its_route()
    {
        ApiLimits.KindOf("GET", "/api/search").ShouldBe(LimitKind.Search);
        ApiLimits.KindOf("GET", "/api/contacts/export").ShouldBe(LimitKind.Export);
        ApiLimits.KindOf("GET", "/api/campaigns/{id:long}/recipients.csv").ShouldBe(LimitKind.Export);
        ApiLimits.KindOf("POST", "/api/media").ShouldBe(LimitKind.Upload);
        ApiLimits.KindOf("POST", "/api/conversations/{id:long}/send").ShouldBe(LimitKind.Send);
        ApiLimits.KindOf("GET", "/api/conversations").ShouldBe(LimitKind.Any);
    }

    /// <summary>Taking from a full bucket is far below what a request costs otherwise (a millisecond and more).</summary>
    [Fact]
    public void Counting_costs_a_few_microseconds()
    {
        using var limits = new ApiLimits(Relais.Foundation.Settings.From(new Dictionary<string, string> { ["RELAIS_RATE_LIMIT"] = "1000000" }));
        var bucket = new Bucket(LimitKind.Any, 1, "");
        limits.Take(bucket).IsTaken.ShouldBeTrue();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 20_000; i++)
        {
            limits.Take(bucket);
        }

        TestContext.Current.SendDiagnosticMessage($"{watch.Elapsed.TotalMicroseconds / 20_000:0.00} µs a request");
        (watch.Elapsed.TotalMicroseconds / 20_000).ShouldBeLessThan(200);
    }

    private static async Task<ApiAnswer> Until429(DeskClient desk, string path, int most)
    {
        ApiAnswer answer;
        do
        {
            answer = await desk.Get(path);
        }
        while (answer.Status == 200 && --most > 0);
        return answer;
    }

    private static long Header(HttpResponseMessage response, string name) => long.Parse(response.Headers.GetValues(name).Single());
}
