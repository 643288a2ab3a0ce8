using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>People write in pieces. A burst gets one answer, also when the model is already writing and the server restarts.</summary>
public sealed class Bursts
{
    private static readonly Dictionary<string, string> Quiet = new(StringComparer.Ordinal) { ["RELAIS_QUIET_MS"] = "400" };

    [Theory, OnEveryDatabase]
    public async Task Four_messages_in_a_row_get_one_answer(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, Quiet);
        foreach (var number in new[] { relais.Meta, relais.Twilio })
        {
            var customer = relais.Chat(number, "+33611110001");
            foreach (var text in new[] { "Bonjour", "j'ai une question", "où est ma commande", "TRK123456" })
            {
                await customer.Says(text);
            }

            await customer.Hears("TRK123456 est expédiée");
            await customer.HearsNoMore();
            var stored = await customer.Stored();
            stored.Count(m => m.IsInbound).ShouldBe(4);
            stored[^1].Answers.ShouldBe(stored[3].Id);
        }

        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task A_burst_that_a_restart_cuts_in_two_still_gets_one_answer(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind, new(StringComparer.Ordinal) { ["RELAIS_QUIET_MS"] = "5000" });
        var customer = relais.Chat(relais.Meta, "+33611110001");
        await customer.Says("Bonjour");
        await relais.StopServer();
        await relais.StartServer();
        await customer.Says("Où est ma commande TRK123456 ?");
        await customer.Hears("TRK123456 est expédiée");
        await customer.HearsNoMore();
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task A_message_that_comes_while_the_model_writes_is_part_of_the_one_answer(DatabaseKind kind)
    {
        using var model = new WritingModel(TimeSpan.FromSeconds(2));
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton<IChatClient>(model));
        var customer = relais.Chat(relais.Meta, "+33611110001");
        var other = relais.Chat(relais.Twilio, "+33611110002");
        await customer.Says("premier");
        await other.Says("seul");
        await Eventually.Holds(() => Task.FromResult(model.Asked >= 2), "the model writes");
        await customer.Says("second");
        await customer.Hears("second");
        await other.Hears("seul");
        await customer.HearsNoMore();
        await other.HearsNoMore();
        await relais.IsInOrder();
    }

    [Theory, OnEveryDatabase]
    public async Task A_restart_while_the_model_writes_loses_no_answer_and_gives_none_twice(DatabaseKind kind)
    {
        using var model = new WritingModel(TimeSpan.FromSeconds(2));
        await using var relais = await RelaisHost.Start(kind, extra: services => services.AddSingleton<IChatClient>(model));
        var customer = relais.Chat(relais.Meta, "+33611110001");
        await customer.Says("premier");
        await Eventually.Holds(() => Task.FromResult(model.Asked >= 1), "the model writes");
        await relais.StopServer();
        await relais.StartServer();
        await customer.Hears("premier");
        await customer.HearsNoMore();
        await relais.IsInOrder();
    }
}

/// <summary>A model that takes its time and says back the customer's last words.</summary>
internal sealed class WritingModel(TimeSpan time, Func<Exception>? failure = null) : IChatClient
{
    private int asked;

    public int Asked => Volatile.Read(ref asked);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref asked);
        await Task.Delay(time, cancellationToken);
        return failure is null
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, "Vous dites : " + messages.Last(m => m.Role == ChatRole.User).Text))
            : throw failure();
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
