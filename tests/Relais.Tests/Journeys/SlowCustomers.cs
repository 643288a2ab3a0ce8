using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Relais.Tests.Engine.Ai;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>A customer whose answer takes long delays nobody else. (Slow providers: ProviderFaults.cs; how much: bin/bench.)</summary>
public sealed class SlowCustomers
{
    [Theory, OnEveryDatabase]
    public async Task A_model_that_thinks_about_one_customer_answers_the_others_meanwhile(DatabaseKind kind)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thought = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var model = new StagedModel(async (step, _) =>
        {
            if (step == 0)
            {
                asked.SetResult();
                await thought.Task;
            }

            return new ChatResponse(new ChatMessage(ChatRole.Assistant, $"Answer {step}."));
        });
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton<IChatClient>(model));
        var slow = relais.Simulator.Phone("+447711140000");
        await slow.Say(relais.Meta, "Where is my parcel?");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        for (var i = 1; i <= 10; i++)
        {
            var other = relais.Simulator.Phone($"+4477111400{i:D2}");
            await other.Say(relais.Meta, "Where is my parcel?");
            await other.Receives(relais.Meta, 1);
            other.Received(relais.Meta).ShouldBe([$"Answer {i}."]);
        }

        slow.Received(relais.Meta).ShouldBeEmpty("the model still thinks about it");
        thought.SetResult();
        await slow.Receives(relais.Meta, 1);
        slow.Received(relais.Meta).ShouldBe(["Answer 0."]);
    }
}
