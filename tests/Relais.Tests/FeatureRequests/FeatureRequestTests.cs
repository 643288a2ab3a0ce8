using Relais.Tenants;
using Relais.Tests.Platform;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.FeatureRequests;

/// <summary>System D's feature requests: a business has its own, the platform administrator has all.</summary>
public sealed class FeatureRequestTests
{
    [Theory, OnEveryDatabase]
    public async Task A_business_asks_votes_and_talks_and_the_platform_says_where_it_stands(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Nadia", Roles.Agent);
        using var platform = await DeskClient.SignIn(relais, "Plateforme", Roles.Platform);
        using var other = await platform.Owner(relais);
        (await desk.Post("/api/feature-requests", new { title = " " })).Wrong("title");
        (await desk.Post("/api/feature-requests", new { title = "A", priority = "urgent" })).Wrong("priority");
        var made = (await agent.Post("/api/feature-requests", new { title = "Export PDF", description = "100 % des reçus", priority = "high" })).Ok().Body;
        var id = made.GetProperty("id").GetInt64();
        (made.Text("conciergerie_id"), made.Text("status"), made.Text("author"), made.Text("votes")).ShouldBe((desk.TenantId.ToString(), "pending", "Nadia", "0"));
        made.Text("created_at").ShouldBe(made.Text("updated_at"));
        (await other.Post("/api/feature-requests", new { title = "Autre" })).Ok();

        (await desk.Post($"/api/feature-requests/{id}/vote")).Ok();
        (await desk.Post($"/api/feature-requests/{id}/vote")).Ok().Text("votes").ShouldBe("1", "once a person");
        (await agent.Post($"/api/feature-requests/{id}/vote")).Ok().Text("votes").ShouldBe("2");
        (await agent.Send(HttpMethod.Delete, $"/api/feature-requests/{id}/vote")).Ok().Text("votes").ShouldBe("1");
        (await desk.Get($"/api/feature-requests/{id}")).Ok().Body.GetProperty("voted").GetBoolean().ShouldBeTrue();
        (await other.Post($"/api/feature-requests/{id}/vote")).Refused(404, "not_found");

        (await desk.Patch($"/api/feature-requests/{id}", new { status = "completed" })).Refused(403, "forbidden");
        (await desk.Send(HttpMethod.Delete, $"/api/feature-requests/{id}")).Refused(403, "forbidden");
        (await platform.Patch($"/api/feature-requests/{id}", new { status = "done" })).Wrong("status");
        (await platform.Patch("/api/feature-requests/999999", new { status = "completed" })).Refused(404, "not_found");
        var changed = (await platform.Patch($"/api/feature-requests/{id}", new { status = "in_progress", priority = "low" })).Ok().Body;
        (changed.Text("status"), changed.Text("priority"), changed.Text("title")).ShouldBe(("in_progress", "low", "Export PDF"));
        (await platform.Post($"/api/feature-requests/{id}/comments", new { message = "En cours." })).Ok();
        (await agent.Post($"/api/feature-requests/{id}/comments", new { message = "Merci." })).Ok();
        (await other.Get($"/api/feature-requests/{id}/comments")).Refused(404, "not_found");
        var comments = (await desk.Get($"/api/feature-requests/{id}/comments")).Ok().Body.GetProperty("items");
        comments.EnumerateArray().Select(c => (c.Text("author"), c.GetProperty("from_platform").GetBoolean(), c.Text("message")))
            .ShouldBe([("Plateforme", true, "En cours."), ("Nadia", false, "Merci.")]);

        Titles(await desk.Get("/api/feature-requests")).ShouldBe(["Export PDF"]);
        Titles(await platform.Get("/api/feature-requests")).ShouldBe(["Autre", "Export PDF"]);
        Titles(await platform.Get("/api/feature-requests?sort=votes")).ShouldBe(["Export PDF", "Autre"]);
        Titles(await platform.Get("/api/feature-requests?status=pending")).ShouldBe(["Autre"]);
        Titles(await platform.Get("/api/feature-requests?q=100%20%25")).ShouldBe(["Export PDF"]);
        (await desk.Get("/api/feature-requests?status=open")).Wrong("status");
        var first = (await platform.Get("/api/feature-requests?limit=1&sort=votes")).Ok();
        Titles(await platform.Get($"/api/feature-requests?limit=1&sort=votes&cursor={first.Text("next_cursor")}")).ShouldBe(["Autre"]);

        Statistics(await desk.Get("/api/feature-requests/statistics")).ShouldBe((1, 0, 1, 0, 0));
        Statistics(await platform.Get("/api/feature-requests/statistics")).ShouldBe((2, 1, 1, 0, 0));
        using var inside = await platform.Enter(relais, desk.TenantId);
        Titles(await inside.Get("/api/feature-requests")).ShouldBe(["Export PDF"], "inside a business it sees what that sees");
        (await platform.Send(HttpMethod.Delete, $"/api/feature-requests/{id}")).Ok();
        Titles(await desk.Get("/api/feature-requests")).ShouldBeEmpty();
    }

    private static List<string> Titles(ApiAnswer answer) => [.. answer.Ok().Body.GetProperty("items").EnumerateArray().Select(f => f.Text("title"))];

    private static (long Total, long Pending, long InProgress, long Completed, long Rejected) Statistics(ApiAnswer answer)
    {
        long Of(string name) => answer.Ok().Body.GetProperty(name).GetInt64();
        return (Of("total"), Of("pending"), Of("in_progress"), Of("completed"), Of("rejected"));
    }
}
