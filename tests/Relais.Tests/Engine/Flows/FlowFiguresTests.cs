using Relais.Foundation;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Flows;

/// <summary>Runs and figures as the API shows them, over rows as runs leave them.</summary>
public sealed class FlowFiguresTests
{
    private static readonly long Evening = Instants.ToMicros(new DateTimeOffset(2026, 5, 10, 22, 30, 0, TimeSpan.Zero));

    [Theory, OnEveryDatabase]
    public async Task Runs_are_listed_shown_with_their_way_and_counted(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        (await desk.Patch("/api/tenant", new { time_zone = "Europe/Paris" })).Ok();
        var phone = relais.Simulator.Phone("+33611110071");
        await phone.Say(relais.Meta, "Bonjour");
        var conversation = await desk.ConversationWith(phone);
        (await desk.Get($"/api/conversations/{conversation}/flow")).Refused(404, "not_found");
        var flow = (await desk.Json(HttpMethod.Post, "/api/flows", SmallFlows.Menu)).Ok().Body.GetProperty("id").GetInt64();

        // 22:30 UTC is half past midnight of the 11th in Paris.
        await Session(1, 3, "completed", 20, ("Trigger", "incomingMessage", null, 0), ("ask", "incomingMessage", "Ventes", 0), ("sales", "sent", null, 20));
        await Session(2, 4, "requested", 40, ("Trigger", "incomingMessage", null, 0), ("ask", "incomingMessage", "Atelier", 0), ("people", "", null, 40));
        await Session(3, 5, "timeout", 60, ("Trigger", "incomingMessage", null, 0), ("ask", "", null, 0));
        await Session(4, 3, "completed", 60, ("Trigger", "incomingMessage", null, 0), ("ask", "incomingMessage", "Ventes", 0), ("sales", "sent", null, 60));
        await Session(5, 1, null, 0, ("Trigger", "incomingMessage", null, 0), ("ask", "", null, 0));
        await Draft(6, 3, "completed", 9, ("Trigger", "incomingMessage", null, 0));

        var listed = (await desk.Get($"/api/flows/{flow}/executions?limit=2")).Ok();
        listed.Body.GetProperty("items").EnumerateArray().Select(e => e.Text("id")).ShouldBe(["900006", "900005"]);
        var rest = (await desk.Get($"/api/flows/{flow}/executions?limit=50&cursor={listed.Text("next_cursor")}")).Ok();
        rest.Body.GetProperty("items").EnumerateArray().Select(e => e.Text("id")).ShouldBe(["900004", "900003", "900002", "900001"]);
        var transferred = (await desk.Get($"/api/flows/{flow}/executions?status=transferred")).Ok().Body.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (transferred.Text("reason"), transferred.Text("duration_seconds"), transferred.Text("flow_name")).ShouldBe(("requested", "40", "Garage du Port: accueil et rendez-vous"));
        (await desk.Get($"/api/flows/{flow}/executions?status=gone")).Wrong("status");

        var one = (await desk.Get("/api/flow-executions/900001")).Ok();
        one.Body.GetProperty("steps").EnumerateArray().Select(s => $"{s.Text("step")}/{s.Text("event")}/{s.Text("answer")}")
            .ShouldBe(["Trigger/incomingMessage/", "ask/incomingMessage/Ventes", "sales/sent/"]);
        one.Body.GetProperty("variables").ToString().ShouldBe("""{"modele":"C3"}""");
        (await other.Get("/api/flow-executions/900001")).Refused(404, "not_found");
        var newest = (await desk.Get($"/api/conversations/{conversation}/flow")).Ok();
        (newest.Text("id"), newest.Text("status")).ShouldBe(("900006", "completed"));

        var figures = (await desk.Get($"/api/flows/{flow}/statistics?from=2026-05-10&to=2026-05-11")).Ok();
        $"{figures.Text("started")} {figures.Text("active")} {figures.Text("completed")} {figures.Text("abandoned")} {figures.Text("transferred")} {figures.Text("failed")} {figures.Text("average_seconds")}"
            .ShouldBe("5 1 2 1 1 0 45");
        figures.Body.GetProperty("steps").ToString().ShouldBe("""
            [{"step":"Trigger","entered":5,"left":[{"event":"incomingMessage","count":5}],"stopped":0,"waiting":0,"average_seconds":0},{"step":"ask","entered":5,"left":[{"event":"incomingMessage","count":3}],"stopped":1,"waiting":1,"average_seconds":40},{"step":"sales","entered":2,"left":[{"event":"sent","count":2}],"stopped":0,"waiting":0,"average_seconds":0},{"step":"people","entered":1,"left":[],"stopped":0,"waiting":0,"average_seconds":null}]
            """);
        figures.Body.GetProperty("answers").ToString().ShouldBe("""[{"step":"ask","answer":"Ventes","count":2},{"step":"ask","answer":"Atelier","count":1}]""");
        figures.Body.GetProperty("transfers").ToString().ShouldBe("""[{"reason":"requested","count":1}]""");
        figures.Body.GetProperty("days").ToString().ShouldBe("""
            [{"day":"2026-05-10","started":0,"completed":0,"transferred":0,"abandoned":0},{"day":"2026-05-11","started":5,"completed":2,"transferred":1,"abandoned":1}]
            """);
        (await desk.Get($"/api/flows/{flow}/statistics?from=2026-05-11&to=2026-05-11&version=0")).Ok().Text("started").ShouldBe("1");
        (await desk.Get($"/api/flows/{flow}/statistics?from=2026-05-12&to=2026-05-12")).Ok().Text("started").ShouldBe("0");
        (await desk.Get($"/api/flows/{flow}/statistics?from=may")).Wrong("from");
        (await desk.Get($"/api/flows/{flow}/statistics?from=2026-06-01&to=2026-05-01")).Wrong("from");
        (await desk.Get($"/api/flows/{flow}/statistics")).Ok().Body.GetProperty("days").GetArrayLength().ShouldBe(30);

        Task Session(int n, int status, string? reason, int seconds, params (string Step, string Event, string? Answer, int After)[] steps) =>
            SessionOf(n, status, reason, seconds, 1, steps);

        Task Draft(int n, int status, string? reason, int seconds, params (string Step, string Event, string? Answer, int After)[] steps) =>
            SessionOf(n, status, reason, seconds, 0, steps);

        async Task SessionOf(int n, int status, string? reason, int seconds, long version, (string Step, string Event, string? Answer, int After)[] steps) =>
            await relais.Database.Write(Relais.Storage.Scope.Tenant(desk.TenantId), async tx =>
            {
                var (tenant, id, start, end) = (desk.TenantId, 900_000 + n, Evening + (n * Instants.Minute), status > 2 ? Evening + (n * Instants.Minute) + (seconds * Instants.Second) : (long?)null);
                await tx.Execute("""
                    INSERT INTO flow_session (tenant_id, id, conversation_id, flow_id, version, status, trigger, state, step, seen_seq, on_release, reason, started_at, updated_at, ended_at)
                    VALUES (@tenant, @id, @conversation, @flow, @version, @status, 'message', @state, @step, 0, 0, @reason, @start, @start, @end)
                    """, new
                {
                    tenant, id, conversation, flow, version, status, reason, start, end, step = steps[^1].Step,
                    state = """{"step":"ask","context":{"flow":{"variables":{"modele":"C3"}}}}""",
                });
                foreach (var (at, s) in steps.Index())
                {
                    await tx.Execute("""
                        INSERT INTO flow_step (tenant_id, session_id, n, flow_id, version, step, event, answer, at)
                        VALUES (@tenant, @id, @n, @flow, @version, @Step, @Event, @Answer, @at)
                        """, new { tenant, id, n = at + 1, flow, version, s.Step, s.Event, s.Answer, at = start + (s.After * Instants.Second) });
                }
            });
    }
}
