using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Ai.Assist;

/// <summary>A conversation in a few sentences by the business's model, for whoever takes it over.</summary>
internal sealed class SummaryWriter(Database database, DeskModel model)
{
    /// <summary>Of its messages, the last.</summary>
    private const int MostMessages = 60;

    private const int LongestMessage = 600;

    /// <summary>Null when no model could be asked, or there is nothing to tell: then a rule has to do.</summary>
    /// <param name="who">Who reads it.</param>
    /// <param name="conversationId">Of their tenant.</param>
    /// <param name="language">fr, ar or en: the reader's.</param>
    /// <param name="cancel">The request's.</param>
    public async Task<string?> Write(SignedIn who, long conversationId, string language, CancellationToken cancel)
    {
        var messages = await database.Read(
            Scope.Tenant(who.Tenant), tx => ConversationStore.Messages(tx, who.Tenant, conversationId, null, null, MostMessages), cancel);
        return messages.Count > 0 && await model.Ask(
            new DeskQuestion(who.Tenant, who.AgentId, conversationId), Rules(language), AssistPrompts.Fenced(Transcript(messages)), cancel)
            is DeskText.Written written ? written.Text : null;
    }

    private static string Rules(string language) => AssistPrompts.Rules(
        $"Summarise the conversation for a colleague who takes it over, in {AssistPrompts.NameOf(language)}, in at most five short sentences: "
        + "what the customer wants, what was told or promised to them, order numbers, what is still open, their mood if it shows. Say only what stands there.");

    private static string Transcript(List<StoredMessage> messages) => string.Join('\n', messages.Select(m =>
        $"{(m.Author switch { Author.Customer => "Customer", Author.Agent => "Colleague", _ => "Assistant" })}: "
        + (m.Content.Length == 0 ? $"[{m.Type}]" : ShortText.OneLine(Why.Cut.To(Why.PersonalData.WithoutCards(m.Content), LongestMessage)))));
}
