using Relais.Channels;
using Relais.Conversations;
using Relais.Inboxes;
using Relais.Media;
using Relais.Storage;

namespace Relais.Desk;

/// <summary>What is to be said in a conversation.</summary>
/// <param name="Content">What.</param>
/// <param name="ReplyTo">Our id of the message it quotes or reacts to, or null.</param>
/// <param name="At">Where the content stands in the request (<c>content.</c> or empty), for the names of fields.</param>
internal sealed record Saying(OutboundContent Content, long? ReplyTo = null, string At = "")
{
    public Saying(string text)
        : this(new OutboundContent.Text(text))
    {
    }

    /// <summary>Provider id of that message, once it is looked up.</summary>
    public string? Quotes { get; init; }

    /// <summary>What may be split into parts.</summary>
    public string? Words => (Content as OutboundContent.Text)?.Body;
}

/// <summary>Whether the channel of a conversation takes what is to be said, and what it quotes.</summary>
internal sealed class SayingCheck(ChannelSet channels, InboxDirectory inboxes, OutboundFiles files)
{
    /// <summary>Completed for the wire; with problems it must not be sent.</summary>
    public async Task<(Saying Saying, IReadOnlyList<ContentProblem> Problems)> Of(Tx tx, Conversation conversation, Saying saying)
    {
        if (saying is { Content: OutboundContent.Text, ReplyTo: null })
        {
            return (saying, []);
        }

        var channel = channels[inboxes.ChannelOf(conversation.InboxId)];
        var problems = channel.Check(saying.Content).Select(p => Named(p, saying.At)).ToList();
        if (problems.Count == 0 && saying.Content.CarriedFile is not null
            && await files.Check(tx, conversation.TenantId, channel.Kind, saying.Content) is { } unfit)
        {
            problems.Add(Named(unfit, saying.At));
        }

        if (saying.ReplyTo is { } quoted)
        {
            saying = saying with { Quotes = await QuotedMessageStore.ProviderId(tx, conversation.TenantId, conversation.Id, quoted) };
            if (saying.Quotes is null)
            {
                problems.Add(new ContentProblem("reply_to", "reply_to is the id of a message of this conversation that the provider has taken or sent."));
            }
        }
        else if (saying.Content is OutboundContent.Reaction)
        {
            problems.Add(new ContentProblem("reply_to", "A reaction needs reply_to: the id of the message it is about."));
        }

        return (saying.Content is OutboundContent.Choices { Language: null } choices
            ? saying with { Content = choices with { Language = conversation.Language } }
            : saying, problems);
    }

    private static ContentProblem Named(ContentProblem problem, string at) => at.Length == 0 ? problem : new ContentProblem(
        at + problem.Field, problem.Reason.StartsWith(problem.Field, StringComparison.Ordinal) ? at + problem.Reason : problem.Reason);
}
