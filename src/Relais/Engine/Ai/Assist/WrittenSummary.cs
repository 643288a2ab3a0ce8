using Relais.Conversations;
using Relais.Foundation;
using Relais.Tenants;

namespace Relais.Engine.Ai.Assist;

/// <summary>A conversation in a few sentences, written by a model for whoever takes it over.</summary>
internal sealed class WrittenSummary(DeskModel model)
{
    private const int LongestMessage = 600;

    /// <summary>The summary, or null where no model could be asked.</summary>
    /// <param name="who">Who reads it.</param>
    /// <param name="conversationId">Which conversation.</param>
    /// <param name="messages">Its last ones, oldest first.</param>
    /// <param name="language">fr, ar or en: the reader's.</param>
    /// <param name="cancel">The request's.</param>
    public async Task<DeskText.Written?> Write(
        SignedIn who, long conversationId, IReadOnlyList<StoredMessage> messages, string language, CancellationToken cancel) =>
        messages.Count == 0 ? null : await model.Ask(
            new DeskQuestion(who.Tenant, who.AgentId, conversationId), Rules(language), AssistPrompts.Fenced(Transcript(messages)), cancel) as DeskText.Written;

    private static string Rules(string language) => AssistPrompts.Rules(
        $"Summarise the conversation for a colleague who takes it over, in {AssistPrompts.NameOf(language)}, in at most five short sentences: "
        + "what the customer wants, what was told or promised to them, order numbers, what is still open, their mood if it shows. Say only what stands there.");

    private static string Transcript(IEnumerable<StoredMessage> messages) => string.Join('\n', messages.Select(m =>
        $"{(m.Author switch { Author.Customer => "Customer", Author.Agent => "Colleague", _ => "Assistant" })}: "
        + (m.Content.Length == 0 ? $"[{m.Type}]" : ShortText.OneLine(Why.Cut.To(CardNumbers.Mask(m.Content), LongestMessage)))));
}
