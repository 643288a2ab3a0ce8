using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>What a customer agreed to is recorded with its proof and read back; what the business wants of it is its own setting.</summary>
public sealed class Consents
{
    [Theory, OnEveryDatabase]
    public async Task A_consent_is_recorded_with_its_proof_once_and_shown_latest_first(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var customer = relais.Chat(relais.Meta, "+33677700001");
        await customer.Asks("STOP", "vous ne recevrez plus");
        var path = $"/api/contacts/{await relais.Facts.Count("SELECT id FROM contact WHERE phone = '+33677700001'")}/consents";
        var granted = new { purpose = "marketing", state = "granted", proof = "Formulaire du site, 3 mai", source = "import" };
        (await desk.Post(path, granted, key: "one")).Ok();
        (await desk.Post(path, granted, key: "one")).Ok();
        var lines = (await desk.Get(path)).Ok().Body.GetProperty("items").EnumerateArray().ToList();
        lines.Select(l => $"{l.Text("purpose")} {l.Text("state")} {l.Text("source")} {l.Text("proof")}")
            .ShouldBe(["marketing granted import Formulaire du site, 3 mai", "all withdrawn word STOP"]);
        lines[0].Text("agent_id").ShouldBe(desk.AgentId.ToString());
        lines[1].Text("message_id").ShouldNotBeEmpty();

        foreach (var (field, body) in ((string, object)[])[
            ("purpose", new { purpose = "spam", state = "granted", proof = "x" }), ("state", new { purpose = "all", state = "maybe", proof = "x" }),
            ("proof", new { purpose = "all", state = "granted", proof = " " }), ("source", new { purpose = "all", state = "granted", proof = "x", source = "word" })])
        {
            var refused = await desk.Post(path, body);
            refused.Refused(400, "invalid");
            refused.Body.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
        }

        using var other = await DeskClient.OfAnotherTenant(relais);
        (await other.Get(path)).Refused(404, "not_found");
        (await other.Post(path, granted)).Refused(404, "not_found");
    }

    [Theory, OnEveryDatabase]
    public async Task The_business_sets_its_quiet_hours_and_what_promotions_need(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var before = (await desk.Get("/api/tenant")).Ok().Body;
        (before.GetProperty("quiet_hours").Text("from"), before.GetProperty("quiet_hours").Text("until")).ShouldBe(("21:00", "08:00"));
        before.GetProperty("marketing_needs_consent").GetBoolean().ShouldBeFalse();
        var after = (await Patch(desk, """{"quiet_hours":{"from":"20:30","until":"09:15"},"marketing_needs_consent":true,"answers_per_minute":5}""")).Ok().Body;
        (after.GetProperty("quiet_hours").Text("from"), after.GetProperty("quiet_hours").Text("until")).ShouldBe(("20:30", "09:15"));
        (after.GetProperty("marketing_needs_consent").GetBoolean(), after.GetProperty("answers_per_minute").GetInt64()).ShouldBe((true, 5));
        after.Text("name").ShouldBe(before.Text("name"));
        (await Patch(desk, """{"quiet_hours":{"from":"25:00","until":"09:15"}}""")).Refused(400, "invalid");
        (await Patch(desk, """{"time_zone":"Moon/Base"}""")).Refused(400, "invalid");
        (await Patch(desk, """{"answers_per_minute":5000}""")).Refused(400, "invalid");
        using var agent = await DeskClient.SignIn(relais, "Nadia", "agent");
        (await agent.Get("/api/tenant")).Ok();
        (await Patch(agent, """{"name":"Mine"}""")).Refused(403, "forbidden");
    }

    private static Task<ApiAnswer> Patch(DeskClient desk, string json) =>
        desk.Send(HttpMethod.Patch, "/api/tenant", new StringContent(json, System.Text.Encoding.UTF8, "application/json"));
}
