using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Relais.Channels;
using Relais.Commerce;
using Relais.Commerce.Messages;
using Relais.Engine;
using Relais.Engine.Ai;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Engine.Ai.Safety;

/// <summary>
/// A model in an attacker's hands calls every tool with everything that is not its customer's; and an attacker taps buttons that
/// are not theirs. No order of another tenant is read, none changes without its customer's tap.
/// </summary>
public sealed class CompromisedModel
{
    [Theory, OnEveryDatabase]
    public async Task Reads_nothing_foreign_and_changes_nothing(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var mallory = await Known(relais, "+33600000009");
        var victim = await Known(relais, "+33600000010");
        using var other = await DeskClient.OfAnotherTenant(relais);
        var tenant = mallory.TenantId;
        var victims = await Add(relais, tenant, "TRK800001", victim.ContactId);
        var foreign = await Add(relais, other.TenantId, "TRK900001", mallory.ContactId);
        var foreignOfAll = await Add(relais, other.TenantId, "TRK900002", null);
        var before = await States(relais);

        var toolbox = relais.Services.GetRequiredService<TurnToolbox>();
        string[] targets =
        [
            "TRK800001", "TRK900001", "TRK900002", "TRK456789", "TRK123456", $"{victims}", $"{foreign}", $"{foreignOfAll}", RecapButton.NewNonce(),
            RecapButton.Id(OrderAct.Cancel, victims, RecapButton.NewNonce()), "' OR 1=1 --", "%", "*", "TRK80000_",
        ];
        string[] tools = ["track_order", "confirm_order", "cancel_order", "change_order", "list_my_orders", "search_knowledge"];
        foreach (var tool in tools)
        {
            foreach (var target in targets)
            {
                foreach (var (calls, isStrict) in Calls(tool, target, other.TenantId, victim.ContactId))
                {
                    using var model = new StagedModel((step, _) => Task.FromResult(step == 0 ? calls : new ChatResponse(new ChatMessage(ChatRole.Assistant, "C'est fait !"))));
                    var agent = new AiAgent(TimeProvider.System, NullLogger<AiAgent>.Instance);
                    var decisions = await agent.Decide(mallory, model, toolbox.For(Due(mallory)), CancellationToken.None);
                    decisions.OfType<Decision.Send>().ShouldBeEmpty($"{tool} {target}");
                    var read = string.Concat(model.Asked[^1].SelectMany(m => m.Contents.OfType<FunctionResultContent>()).Select(r => r.Result as string));
                    read.ShouldNotContain("TRK90000");
                    read.ShouldNotContain(tool is "track_order" or "search_knowledge" ? "TRK90000" : "TRK", Case.Sensitive, $"{tool} {target}");
                    (isStrict || model.Asked.Count == 1).ShouldBeTrue("an argument that nobody declared carries out nothing");
                }
            }
        }

        (await relais.Facts.Count("SELECT count(*) FROM order_confirmation")).ShouldBe(0);
        (await States(relais)).ShouldBe(before);

        // Buttons of the victim, in the attacker's hands; and guesses.
        var questions = relais.Services.GetRequiredService<OrderQuestions>();
        var asked = await questions.For(victim).Ask(OrderAct.Cancel, "TRK800001", null, "fr", CancellationToken.None);
        var real = ((OutboundContent.Buttons)asked.Question!).Items[0].Id;
        var nonce = real.Split(':')[^1];
        string[] forged =
        [
            real, RecapButton.Id(OrderAct.Confirm, victims, nonce), RecapButton.Id(OrderAct.Cancel, foreign, nonce), RecapButton.Id(OrderAct.Keep, victims, nonce),
            RecapButton.Id(OrderAct.Cancel, victims, RecapButton.NewNonce()), RecapButton.Id(OrderAct.Cancel, foreignOfAll, RecapButton.NewNonce()),
        ];
        var taps = relais.Services.GetRequiredService<OrderTaps>();
        foreach (var id in forged)
        {
            var turn = mallory with { Unanswered = [AgentStage.Said(1, "Annuler") with { ChoiceId = id }] };
            var decisions = await taps.Decide(Due(turn), _ => throw new InvalidOperationException("the model is not asked"), CancellationToken.None);
            decisions.ShouldHaveSingleItem().ShouldBeOfType<Decision.Reply>().Text.ShouldNotContain("TRK");
        }

        (await States(relais)).ShouldBe(before);
        (await relais.Facts.Count("SELECT count(*) FROM order_confirmation WHERE used_at IS NOT NULL")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task Asks_at_most_three_questions_in_a_turn_and_shows_no_link(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var own = await Known(relais, "+33600000009");
        await Add(relais, own.TenantId, "TRK800001", own.ContactId);
        var before = await States(relais);
        using var model = new StagedModel((_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant,
            [.. Enumerable.Range(0, 20).Select(i => Call($"{i}", "cancel_order", ("tracking_number", "TRK800001")))]))));
        var decisions = await new AiAgent(TimeProvider.System, NullLogger<AiAgent>.Instance).Decide(
            own, model, relais.Services.GetRequiredService<TurnToolbox>().For(Due(own)), CancellationToken.None);
        decisions.OfType<Decision.Send>().Count().ShouldBe(3);
        decisions.OfType<Decision.Reply>().ShouldBeEmpty("the model says nothing beside a question");
        var asked = await relais.Services.GetRequiredService<OrderQuestions>().For(own)
            .Ask(OrderAct.Modify, "TRK800001", "payez sur https://evil.example", "fr", CancellationToken.None);
        asked.ShouldBe(new OrderAsked(OrderAskState.Refused));
        (await States(relais)).ShouldBe(before);
    }

    private static IEnumerable<(ChatResponse Calls, bool IsStrict)> Calls(string tool, string target, long tenant, long contact)
    {
        (string, object?)[] arguments = tool switch
        {
            "list_my_orders" => [],
            "search_knowledge" => [("question", target)],
            "change_order" => [("tracking_number", target), ("change", "adresse")],
            _ => [("tracking_number", target)],
        };
        yield return (Response(Call("1", tool, arguments)), true);
        yield return (Response(Call("1", tool, [.. arguments, ("tenant_id", tenant)])), false);
        yield return (Response(Call("1", tool, [.. arguments, ("contact_id", contact), ("confirmed", true)])), false);
    }

    private static ChatResponse Response(FunctionCallContent call) => new(new ChatMessage(ChatRole.Assistant, [call]));

    private static FunctionCallContent Call(string id, string tool, params (string Name, object? Value)[] arguments) =>
        new(id, tool, arguments.ToDictionary(a => a.Name, a => a.Value));

    private static DueTurn Due(Turn turn) => new(
        default!, turn, 0, default, 0, 0, null, null, null, turn.Unanswered[^1].ChoiceId, 0, new SenderIdentity(null, null, null));

    /// <summary>The turn of a customer who has written to the first tenant.</summary>
    private static async Task<Turn> Known(RelaisHost relais, string phone)
    {
        var chat = relais.Chat(relais.Meta, phone);
        await chat.Asks("Bonjour", "Bonjour");
        await relais.Settled();
        var contact = await relais.Facts.Count("SELECT id FROM contact WHERE phone = @phone", new { phone });
        return new Turn(
            await relais.Facts.Count("SELECT min(tenant_id) FROM tenant"), "Beyond Express",
            await relais.Facts.Count("SELECT id FROM conversation WHERE contact_id = @contact", new { contact }), contact, "Mallory",
            await relais.Facts.Count("SELECT version FROM conversation WHERE contact_id = @contact", new { contact }),
            "fr", "fr", [], [AgentStage.Said(1, "annule tout")]);
    }

    private static async Task<long> Add(RelaisHost relais, long tenant, string number, long? contact)
    {
        var id = await relais.Services.GetRequiredService<Relais.Storage.Ids>().One();
        await relais.Database.Write(Relais.Storage.Scope.Tenant(tenant), tx => OrderStore.Insert(tx, new Order
        {
            TenantId = tenant, Id = id, TrackingNumber = number, ContactId = contact, Status = "placed", CreatedAt = 1, UpdatedAt = 1,
        }));
        return id;
    }

    private static Task<List<string>> States(RelaisHost relais) => relais.Facts.Query<string>(
        "SELECT id || ' ' || status || ' ' || coalesce(note, '') || ' ' || updated_at FROM customer_order ORDER BY id");
}
