using Relais.Channels;
using Relais.Conversations;
using Relais.Engine.Ai;
using Relais.Engine.Simulations.Cases;
using Relais.Storage;

namespace Relais.Engine.Simulations.Running;

/// <summary>
/// A conversation that exists in memory alone: what TurnStore would load of it, and what TurnCommitter would settle. Not for two threads.
/// </summary>
internal sealed class SimulatedConversation(SimulatedBusiness business, string language)
{
    private readonly List<TurnMessage> history = [];
    private string? spoken;
    private OutboundContent? offered;
    private long lastId;
    private long? optedOutAt;

    /// <summary>People have it: the agent is silent from then on.</summary>
    public bool IsWithPeople { get; private set; }

    /// <summary>The choice with this title or id among those last offered, or null.</summary>
    public Choice? Offered(string titleOrId)
    {
        var all = offered is null ? [] : offered is OutboundContent.Choices choices ? [.. choices.Items] : ChoiceLayout.Offered(offered);
        var wanted = Foundation.TextFolding.FoldWords(titleOrId);
        return all.FirstOrDefault(c => c.Id == titleOrId || c.Title == titleOrId)
            ?? all.FirstOrDefault(c => Foundation.TextFolding.FoldWords(c.Title) == wanted);
    }

    /// <summary>The turn as the worker would get it, were it stored.</summary>
    /// <param name="turn">What the customer does.</param>
    /// <param name="tapped">The choice they tap, or null.</param>
    /// <param name="now">Microseconds UTC.</param>
    public DueTurn Due(CaseTurn turn, Choice? tapped, long now)
    {
        List<TurnMessage> messages = tapped is not null
            ? [new TurnMessage(++lastId, true, "interactive", tapped.Title, true) { ChoiceId = tapped.Id, IsPageTap = ChoiceLayout.IsPageId(tapped.Id) }]
            : [.. turn.Messages.Select(Written)];
        if (turn.Sends is { } file)
        {
            // A caption is the file's own text.
            var caption = messages is [{ ChoiceId: null } one] && file is "image" or "video" or "document" ? turn.Messages[0] : "";
            messages = caption.Length > 0 ? [new TurnMessage(++lastId, true, file, caption, true)]
                : [.. messages, new TurnMessage(++lastId, true, file, "", false)];
        }

        var last = messages[^1];
        var optedInAt = optedOutAt is not null && ConsentWords.Said(last.Text) == ConsentWord.OptIn ? now : (long?)null;
        optedOutAt = optedInAt is not null ? null : ConsentWords.Said(last.Text) == ConsentWord.OptOut ? now : optedOutAt;
        return new DueTurn(
            new Lease(LaneKind.Turn, 0, business.TenantId, 0, 0),
            new Turn(business.TenantId, business.Name, 0, 0, null, 0, spoken, language, [.. history.TakeLast(20)], messages) { Prompt = business.Prompt },
            0, Assignee.AiAgent, last.Id, now, now, optedOutAt, null, last.ChoiceId, business.FaqRevision, new SenderIdentity(null, null, null))
        {
            OptedInAt = optedInAt,
            PromptVersion = business.PromptVersion,
            AiRevision = business.AiRevision,
            AskedPage = tapped is null && ChoiceLayout.PageOf(last.ChoiceId) is { } page && offered is OutboundContent.Choices choices
                ? choices with { Page = page } : null,
        };
    }

    /// <summary>Takes what was decided as done.</summary>
    /// <returns>What the customer would read, a text each.</returns>
    public IReadOnlyList<string> Settle(Turn turn, IReadOnlyList<Decision> decisions)
    {
        history.AddRange(turn.Unanswered);
        offered = null;
        var said = new List<string>();
        foreach (var decision in decisions)
        {
            switch (decision)
            {
                case Decision.SpeakLanguage speak:
                    spoken = speak.Language;
                    break;
                case Decision.Reply { Text.Length: > 0 } reply:
                    Say(reply.Text, "text");
                    said.Add(reply.Text);
                    break;
                case Decision.Send send:
                    Say(send.Content.Readable, send.Content.Type);
                    said.Add(Shown(send.Content));
                    offered = ChoiceLayout.Offered(send.Content).Count > 0 ? send.Content : offered;
                    break;
                case Decision.HandOff handOff:
                    IsWithPeople = true;
                    if (handOff.CustomerText.Length > 0)
                    {
                        Say(handOff.CustomerText, "text");
                        said.Add(handOff.CustomerText);
                    }

                    break;
            }
        }

        return said;
    }

    /// <summary>What people have now is only read by them.</summary>
    public void Keep(CaseTurn turn) => history.AddRange(turn.Messages.Select(Written));

    private static string Shown(OutboundContent content) =>
        string.Join('\n', [content.Readable, .. ChoiceLayout.Offered(content).Select(c => $"[{c.Title}]")]);

    private void Say(string text, string type) => history.Add(new TurnMessage(++lastId, false, type, text, true));

    /// <summary>A choice that is typed counts as tapped, as in TurnStore.</summary>
    private TurnMessage Written(string text)
    {
        var choice = offered is null || ConsentWords.Said(text) == ConsentWord.OptOut ? null : TypedChoice.Match(text, offered);
        return new TurnMessage(++lastId, true, "text", choice?.Title ?? text, true) { ChoiceId = choice?.Id };
    }
}
