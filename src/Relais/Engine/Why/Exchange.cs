using Relais.Conversations;
using Relais.Storage;

namespace Relais.Engine.Why;

/// <summary>
/// What a message was said to, and the chat before it: what a FAQ draft and a test case are made of.
/// </summary>
/// <param name="Asked">The customer's messages in one breath that it answers, oldest first, at least one.</param>
/// <param name="Before">The breaths before that, oldest first.</param>
/// <param name="Said">The message that was asked about, when the business wrote it; else what was first answered; null when nothing was.</param>
/// <param name="ByPerson">The first words of a person after it, before the customer wrote again; null when there are none.</param>
/// <param name="ContactId">The customer.</param>
/// <param name="CustomerName">As the customer shows it, or null.</param>
/// <param name="Language">fr, ar or en.</param>
internal sealed record Exchange(
    IReadOnlyList<ToldMessage> Asked, IReadOnlyList<IReadOnlyList<ToldMessage>> Before, ToldMessage? Said, ToldMessage? ByPerson,
    long ContactId, string? CustomerName, string Language)
{
    private const int MostRead = 60;

    /// <summary>Around a message of the tenant; an exchange without a customer's word is null.</summary>
    public static async Task<Exchange?> Around(Tx tx, long tenantId, ToldMessage message, string tenantLanguage)
    {
        var anchor = message.Author == Author.Customer ? message
            : message.Answers is { } answered ? await ToldMessage.Find(tx, tenantId, answered) : null;
        var until = await ToldMessage.UpTo(tx, tenantId, message.ConversationId, (anchor ?? message).Seq, MostRead);
        if (anchor is null)
        {
            var last = until.FindLastIndex(IsAsked);
            until = until[..(last + 1)];
        }

        var breaths = Breaths(until);
        if (breaths.Count == 0)
        {
            return null;
        }

        var conversation = (await ConversationStore.Find(tx, tenantId, message.ConversationId))!;
        var after = await ToldMessage.After(tx, tenantId, message.ConversationId, breaths[^1][^1].Seq, MostRead);
        var answers = after.TakeWhile(m => !IsAsked(m)).Where(m => m.Author != Author.Customer).ToList();
        return new Exchange(
            breaths[^1], breaths[..^1],
            message.Author != Author.Customer ? message : answers.FirstOrDefault(),
            message.Author == Author.Agent ? message : answers.Find(m => m.Author == Author.Agent),
            conversation.ContactId, conversation.ContactName, conversation.Language ?? tenantLanguage);
    }

    private static bool IsAsked(ToldMessage message) => message.Author == Author.Customer && message.Skipped is null;

    /// <summary>The customer's messages, those without a word of the business between them together.</summary>
    private static List<IReadOnlyList<ToldMessage>> Breaths(List<ToldMessage> messages)
    {
        var breaths = new List<IReadOnlyList<ToldMessage>>();
        var breath = new List<ToldMessage>();
        foreach (var message in messages.Where(m => m.Author != Author.Customer || m.Skipped is null))
        {
            if (IsAsked(message))
            {
                breath.Add(message);
            }
            else if (breath.Count > 0)
            {
                breaths.Add(breath);
                breath = [];
            }
        }

        return breath.Count > 0 ? [.. breaths, breath] : breaths;
    }
}
