using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Twilio takes 1,600 characters a message, Meta 4,096: a long answer is split only where it must be, and stays in order.</summary>
public sealed class LongAnswers
{
    [Theory, OnEveryDatabase]
    public async Task A_long_answer_is_split_at_sentences_and_arrives_in_order(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var answer = string.Join(' ', Enumerable.Range(1, 60).Select(i => $"Article {i} des conditions de garantie, qui vaut deux ans."));
        answer.Length.ShouldBeInRange(3201, 4000);
        await relais.AddFaq("Quelles sont vos conditions de garantie ?", answer);

        var meta = relais.Chat(relais.Meta, "+33611110001");
        (await Ask(meta, 1)).ShouldBe([answer]);
        var parts = await Ask(relais.Chat(relais.Twilio, "+33611110001"), 3);
        parts.ShouldAllBe(part => part.Length <= 1600 && part.EndsWith('.'));
        string.Join(' ', parts).ShouldBe(answer);
        await relais.IsInOrder();
    }

    private static async Task<List<string>> Ask(ChatScript customer, int parts)
    {
        await customer.Says("Quelles sont vos conditions de garantie ?");
        var heard = new List<string>();
        for (var i = 0; i < parts; i++)
        {
            heard.Add(await customer.Hears());
        }

        await customer.HearsNoMore();
        return heard;
    }
}
