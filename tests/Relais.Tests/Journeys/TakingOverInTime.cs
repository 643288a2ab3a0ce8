using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Relais.Simulator;
using Relais.Tests.Engine.Ai;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A person always wins: over an answer that is being written, and over one that waits to leave.</summary>
public sealed class TakingOverInTime
{
    [Theory, OnEveryDatabase]
    public async Task An_answer_that_is_being_written_is_discarded(DatabaseKind kind)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var model = new StagedModel(async (_, _) =>
        {
            asked.TrySetResult();
            await writes.Task;
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "Too late."));
        });
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton<IChatClient>(model));
        using var desk = await DeskClient.SignIn(relais);
        var phone = relais.Simulator.Phone("+447711110011");
        await phone.Say(relais.Meta, "Where is my parcel?");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var id = await desk.ConversationWith(phone);

        (await desk.Act(id, "take-over")).Ok();
        writes.SetResult();
        (await desk.Act(id, "send", new { message = "I look into it." })).Ok();
        await phone.Receives(relais.Meta, 2);
        await Task.Delay(PhoneScreen.Silence);
        phone.Received(relais.Meta).ShouldNotContain("Too late.");
        phone.Received(relais.Meta)[^1].ShouldBe("I look into it.");
        (await desk.Messages(id)).ShouldNotContain(m => m.Text("author") == "ai");

        await phone.Say(relais.Meta, "Thank you!");
        await desk.MessageThat(id, m => m.Text("content") == "Thank you!", "the next message arrives");
        await Task.Delay(PhoneScreen.Silence);
        model.Asked.Count.ShouldBe(1, "nobody asks the model while a person has the conversation");
    }

    [Theory, OnEveryDatabase]
    public async Task An_answer_that_waits_for_the_provider_is_taken_back_and_shown_as_cancelled(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (phone, id) = await WaitingAnswer(relais, desk);

        (await desk.Act(id, "take-over")).Ok();
        (await desk.Act(id, "send", new { message = "A person answers." })).Ok();
        var answer = await desk.MessageThat(id, m => m.Text("author") == "ai" && m.Text("status") == "cancelled", "the answer is cancelled");
        answer.Text("error").ShouldNotBeEmpty();

        relais.Simulator.Faults.Clear();
        await phone.Receives(relais.Meta, 2);
        await Task.Delay(PhoneScreen.Silence);
        var received = phone.Received(relais.Meta);
        received.Count.ShouldBe(2);
        received[0].ShouldContain("has taken over");
        received[1].ShouldBe("A person answers.");
    }

    [Theory, OnEveryDatabase]
    public async Task A_persons_message_goes_before_automatic_ones_that_wait(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var (phone, id) = await WaitingAnswer(relais, desk);

        (await desk.Act(id, "send", new { message = "A person was faster." })).Ok();
        relais.Simulator.Faults.Clear();
        await phone.Receives(relais.Meta, 1);
        await desk.MessageThat(id, m => m.Text("author") == "ai" && m.Text("status") == "cancelled", "the answer is cancelled");
        await Task.Delay(PhoneScreen.Silence);
        phone.Received(relais.Meta).ShouldBe(["A person was faster."]);
    }

    /// <summary>The provider is down and an answer of the AI agent was tried at least once.</summary>
    private static async Task<(SimulatedPhone Phone, long Conversation)> WaitingAnswer(RelaisHost relais, DeskClient desk)
    {
        relais.Simulator.Faults.Add(new Fault(FaultKind.Down));
        var phone = relais.Simulator.Phone("+447711110012");
        await phone.Say(relais.Meta, "Where is my order TRK123456?");
        var id = await desk.ConversationWith(phone);
        await desk.MessageThat(id, m => m.Text("author") == "ai" && m.Text("status") == "queued", "an answer waits");
        await Eventually.Holds(async () => await relais.Database.Read(Relais.Storage.Scope.Tenant(desk.TenantId), tx =>
            tx.QueryFirst<long>("SELECT coalesce(max(attempts), 0) FROM outbox WHERE state = 0")) > 0, "the provider was tried");
        return (phone, id);
    }
}
