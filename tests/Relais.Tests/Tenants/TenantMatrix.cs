using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Relais.Simulator;
using Relais.Tests.Media;
using Relais.Tests.Support;
using Relais.Tenants;
using Shouldly;
using Xunit;

namespace Relais.Tests.Tenants;

/// <summary>Every route that names a thing, tried by nobody and by the owner of another tenant, with the id of a thing that exists.</summary>
public sealed class TenantMatrix
{
    [Theory, OnEveryDatabase]
    public async Task No_route_shows_or_changes_what_belongs_to_another_tenant(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        using var nobody = DeskClient.Anonymous(relais);
        var ids = await Ids(relais, desk);
        var before = await Everything(desk, ids);

        var wrong = new List<string>();
        var tried = 0;
        foreach (var route in Routes.Of(relais).Where(r => r.Path.Contains('{')))
        {
            var path = Fill(route.Path, ids);
            var anonymous = await Try(nobody, route.Method, path);
            var foreign = await Try(other, route.Method, path);
            tried++;
            var (wantedAnonymous, wantedForeign) = route.Who switch
            {
                Routes.Everybody => (anonymous >= 400 ? anonymous : 403, foreign >= 400 ? foreign : 403),
                Policies.Platform => (401, 403),
                _ => (401, 404),
            };
            if (!route.Path.StartsWith("/openapi", StringComparison.Ordinal) && (anonymous, foreign) != (wantedAnonymous, wantedForeign))
            {
                wrong.Add($"{route.Method} {path}: nobody gets {anonymous}, another tenant {foreign}");
            }
        }

        wrong.ShouldBeEmpty();
        tried.ShouldBeGreaterThan(20);
        (await Everything(desk, ids)).ShouldBe(before);
    }

    /// <summary>The right id for each part of a path: one that the first tenant really has.</summary>
    internal static async Task<Dictionary<string, long>> Ids(RelaisHost relais, DeskClient desk)
    {
        relais.Simulator.Faults.Add(new Fault(FaultKind.Undeliverable, Times: 1));
        var phone = relais.Simulator.Phone("+33611110061");
        await phone.Say(relais.Meta, "Où est ma commande TRK123456 ?");
        var conversation = await desk.ConversationWith(phone);
        var dead = await desk.MessageThat(conversation, m => m.Text("status") == "failed", "a dead letter exists");
        var inbox = await relais.Facts.Count("SELECT id FROM inbox WHERE channel = 1");
        (await desk.Post("/api/templates/shipped/welcome_message/create", new { inbox_id = inbox, languages = new[] { "fr" } })).Ok();
        const string Yaml = "name: A\nlanguage: fr\nturns: [{ customer: Bonjour }]";
        var simulated = (await desk.Post("/api/simulations/cases", new { yaml = Yaml })).Ok().Body.GetProperty("id").GetInt64();
        return new Dictionary<string, long>
        {
            ["/api/simulations/cases"] = simulated,
            ["/api/contacts/exports"] = await Export(desk, conversation),
            ["/api/simulations/runs"] = (await desk.Post("/api/simulations/runs", new { })).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/templates"] = await First(desk, "/api/templates"),
            ["/api/conversations"] = conversation, ["/dashboard/chat"] = conversation, ["/api/dead-letters"] = dead.GetProperty("id").GetInt64(),
            ["/api/labels"] = (await desk.Post("/api/labels", new { name = "VIP" })).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/views"] = (await desk.Post("/api/views", new { name = "Urgents", filter = new { label = 1 } })).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/notes"] = (await desk.Act(conversation, "notes", new { message = "À rappeler" })).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/segments"] = (await desk.Post("/api/segments", new { name = "VIP", rules = new { all = Array.Empty<object>() } })).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/imports"] = (await desk.Bring("contacts", "phone\n+33611110068\n")).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/teams"] = (await desk.Post("/api/teams", new { name = "Support" })).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/knowledge/documents"] = (await desk.Post("/api/knowledge/documents", new { title = "T", text = "Un texte." })).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/knowledge/candidates"] = await Candidate(relais, desk),
            ["/api/faqs"] = await First(desk, "/api/faqs"), ["/api/orders"] = await First(desk, "/api/orders"),
            ["/api/contacts"] = (await desk.Conversation(conversation)).GetProperty("contact_id").GetInt64(),
            ["/api/canned-answers"] = (await desk.Post("/api/canned-answers", new { shortcut = "a", title = "A", texts = new { fr = "A" } })).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/scheduled-messages"] = (await desk.Act(conversation, "scheduled", new { message = "A", at = relais.Clock.GetUtcNow().AddHours(3), take_over = false })).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/contact-notes"] = await Note(desk, conversation), ["/api/contact-merges"] = await Merge(desk, conversation),
            ["/api/api-keys"] = (await desk.Post("/api/api-keys", new { name = "A" })).Ok().Body.GetProperty("key").GetProperty("id").GetInt64(),
            ["/api/inboxes"] = await First(desk, "/api/inboxes"), ["/api/agents"] = desk.AgentId,
            ["/api/feature-requests"] = (await desk.Post("/api/feature-requests", new { title = "A" })).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/admin"] = desk.TenantId, ["/webhooks"] = 1, ["/media"] = 1,
            ["/api/ai/tools"] = (await desk.Post("/api/ai/tools", Engine.OwnTools.OwnToolStage.Tool("points", "https://shop.example/{card}"))).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/ai/mcp-servers"] = (await desk.Post("/api/ai/mcp-servers", new { name = "town", url = "https://mcp.example/mcp" })).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/subscriptions/deliveries"] = await Delivery(relais, desk), ["/api/subscriptions"] = await First(desk, "/api/subscriptions"),
            ["/api/flow-executions"] = await FlowRun(relais, desk, conversation),
            ["/api/flow-tests"] = (await desk.Post($"/api/flows/{await First(desk, "/api/flows")}/tests", new { name = "A", script = new { messages = new[] { "A" } } }))
                .Ok().Body.GetProperty("id").GetInt64(),
            ["/api/flows"] = await First(desk, "/api/flows"),
            ["/api/campaigns"] = (await desk.Post("/api/campaigns", new
            {
                name = "A", inbox_id = inbox, template = new { name = "promo", languages = new[] { "fr" }, variables = new { } },
            })).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/products"] = (await desk.Post("/api/products", new { sku = "A", title = "A" })).Ok().Body.GetProperty("id").GetInt64(),
            ["/api/approvals"] = await Approval(relais, conversation),
            ["/api/ai"] = (await desk.Post("/api/ai/prompt/versions", new { prompt = new { persona = "Lina" } })).Ok().Body.GetProperty("version").GetInt64(),
            ["/api/follow-ups"] = await FollowUp(desk, conversation),
            ["/api/auth/sessions"] = (await desk.Get("/api/auth/sessions")).Ok().Body.GetProperty("items")[0].GetProperty("id").GetInt64(),
            ["/api/messages"] = (await desk.Messages(conversation))[1].GetProperty("id").GetInt64(),
            ["/api/media"] = await desk.Uploaded(SampleFiles.Png, "a.png"), ["/api/webhooks-received"] = 1, ["/openapi"] = 1,
        };
    }

    private static async Task<long> Delivery(RelaisHost relais, DeskClient desk)
    {
        var id = (await desk.Post("/api/subscriptions", new { url = "https://hooks.invalid/", events = new[] { "message.received" } })).Ok().Body.GetProperty("id").GetInt64();
        (await desk.Post($"/api/subscriptions/{id}/test")).Ok();
        return await relais.Facts.Count("SELECT id FROM subscription_delivery");
    }

    private static async Task<long> Export(DeskClient desk, long conversation)
    {
        var contact = (await desk.Conversation(conversation)).GetProperty("contact_id").GetInt64();
        var id = (await desk.Post($"/api/contacts/{contact}/export")).Ok().Body.GetProperty("id").GetInt64();
        await Eventually.Holds(async () => (await desk.Get($"/api/contacts/exports/{id}")).Ok().Text("state") == "ready", "the file is ready");
        return id;
    }

    private static async Task<long> Note(DeskClient desk, long conversation)
    {
        var contact = (await desk.Conversation(conversation)).GetProperty("contact_id").GetInt64();
        return (await desk.Post($"/api/contacts/{contact}/notes", new { message = "A" })).Ok().Body.GetProperty("id").GetInt64();
    }

    private static async Task<long> Merge(DeskClient desk, long conversation)
    {
        var contact = (await desk.Conversation(conversation)).GetProperty("contact_id").GetInt64();
        var other = (await desk.Post("/api/contacts", new { name = "A", phone = "+33611110069" })).Ok().Body.GetProperty("id").GetInt64();
        return (await desk.Post($"/api/contacts/{contact}/merge", new { other_id = other })).Ok().Body.GetProperty("merge_id").GetInt64();
    }

    /// <summary>As it stands once nothing more happens to it by itself.</summary>
    private static async Task<long> FollowUp(DeskClient desk, long conversation)
    {
        var contact = (await desk.Conversation(conversation)).GetProperty("contact_id").GetInt64();
        var id = (await desk.Post("/api/follow-ups", new { contact_id = contact })).Ok().Body.GetProperty("id").GetInt64();
        await Eventually.Holds(async () => (await desk.Get($"/api/follow-ups/{id}")).Ok().Text("state") == "proposed", "it is proposed");
        return id;
    }

    private static async Task<long> Candidate(RelaisHost relais, DeskClient desk)
    {
        var id = await relais.Services.GetRequiredService<Relais.Storage.Ids>().One();
        await relais.Database.Write(Relais.Storage.Scope.Tenant(desk.TenantId), tx => Relais.Knowledge.Candidates.CandidateStore.Insert(
            tx, new Relais.Knowledge.Candidates.FaqCandidate { TenantId = desk.TenantId, Id = id, Question = "Q", Answer = "A" }));
        return id;
    }

    /// <summary>As a tap would leave it where the business wants to allow first.</summary>
    private static async Task<long> Approval(RelaisHost relais, long conversation)
    {
        var id = await relais.Services.GetRequiredService<Relais.Storage.Ids>().One();
        await relais.Database.Write(Relais.Storage.Scope.Pipeline, tx => tx.Execute("""
            INSERT INTO order_approval (tenant_id, id, action, order_id, contact_id, conversation_id, language, state, created_at)
            SELECT c.tenant_id, @id, 'cancel', (SELECT min(o.id) FROM customer_order o WHERE o.tenant_id = c.tenant_id), c.contact_id, c.id, 'fr', 'pending', 1
            FROM conversation c WHERE c.id = @conversation
            """, new { id, conversation }));
        return id;
    }

    /// <summary>As a run leaves it that has ended.</summary>
    private static async Task<long> FlowRun(RelaisHost relais, DeskClient desk, long conversation)
    {
        var flow = (await desk.Post("/api/flows", new { states = Array.Empty<object>() })).Ok().Body.GetProperty("id").GetInt64();
        var id = await relais.Services.GetRequiredService<Relais.Storage.Ids>().One();
        await relais.Database.Write(Relais.Storage.Scope.Tenant(desk.TenantId), tx => tx.Execute("""
            INSERT INTO flow_session (tenant_id, id, conversation_id, flow_id, version, status, trigger, state, step, seen_seq, on_release, started_at, updated_at, ended_at)
            VALUES (@tenant, @id, @conversation, @flow, 1, 3, 'message', '{"step":"A"}', 'A', 0, 0, 1, 1, 1)
            """, new { tenant = desk.TenantId, id, conversation, flow }));
        return id;
    }

    private static async Task<long> First(DeskClient desk, string path) =>
        (await desk.Get(path)).Ok().Body.GetProperty("items")[0].GetProperty("id").GetInt64();

    internal static string Fill(string path, Dictionary<string, long> ids)
    {
        var known = ids.Where(i => path.StartsWith(i.Key, StringComparison.Ordinal)).Select(i => (long?)i.Value).FirstOrDefault()
            ?? throw new InvalidOperationException($"{path} is new: give it the id of a thing of the first tenant in Ids, so that this test covers it.");
        return string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? known.ToString() : part));
    }

    private static async Task<int> Try(DeskClient who, string method, string path)
    {
        var hasBody = method is "POST" or "PATCH" or "PUT";
        var body = hasBody ? JsonContent.Create(new { message = "x", question = "x", answer = "x", name = "x", reason = "x" }) : null;
        return (await who.Send(new HttpMethod(method), path, body)).Status;
    }

    /// <summary>What the first tenant sees of its things.</summary>
    internal static async Task<string> Everything(DeskClient desk, Dictionary<string, long> ids)
    {
        var seen = new List<JsonElement>
        {
            await desk.Conversation(ids["/api/conversations"]),
            (await desk.Get($"/api/conversations/{ids["/api/conversations"]}/messages")).Ok().Body,
            (await desk.Get("/api/faqs?limit=200")).Ok().Body,
            (await desk.Get("/api/orders?limit=200")).Ok().Body,
            (await desk.Get("/api/knowledge/documents?limit=200")).Ok().Body.GetProperty("items")[0].GetProperty("title"),
            (await desk.Get("/api/knowledge/candidates")).Ok().Body,
            (await desk.Get("/api/dead-letters")).Ok().Body,
            (await desk.Get($"/api/templates/{ids["/api/templates"]}")).Ok().Body.GetProperty("name"),
        };
        return string.Join('\n', seen);
    }
}
