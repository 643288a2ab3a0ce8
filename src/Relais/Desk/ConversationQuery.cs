using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Relais.Conversations;
using Relais.Conversations.Lists;
using Relais.Foundation;
using Relais.Tenants;
using Relais.Tenants.Rights;

namespace Relais.Desk;

/// <summary>What a list of conversations may be asked for. All of it together counts.</summary>
internal sealed record ConversationQuery
{
    [FromQuery(Name = "view"), Description("mine, unassigned, bot or all: a tab, which shows open ones only.")]
    public string? View { get; init; }

    [FromQuery(Name = "status"), Description("active, transferred, completed, open (not closed) or snoozed.")]
    public string? Status { get; init; }

    [FromQuery(Name = "assignee"), Description("flow, ai_agent, agent, team, nobody or me.")]
    public string? Assignee { get; init; }

    [FromQuery(Name = "inbox"), Description("A number of the business.")]
    public long? Inbox { get; init; }

    [FromQuery(Name = "channel"), Description("meta or twilio.")]
    public string? Channel { get; init; }

    [FromQuery(Name = "label"), Description("A label; given several times, all of them.")]
    public long[]? Label { get; init; }

    [FromQuery(Name = "team")]
    public long? Team { get; init; }

    [FromQuery(Name = "agent"), Description("Who has it.")]
    public long? Agent { get; init; }

    [FromQuery(Name = "contact"), Description("The customer.")]
    public long? Contact { get; init; }

    [FromQuery(Name = "language"), Description("fr, ar or en.")]
    public string? Language { get; init; }

    [FromQuery(Name = "closing"), Description("Hours in which the service window closes, 1h to 24h.")]
    public string? Closing { get; init; }

    [FromQuery(Name = "unread")]
    public bool? Unread { get; init; }

    [FromQuery(Name = "waiting"), Description("A person owes an answer.")]
    public bool? Waiting { get; init; }

    [FromQuery(Name = "q"), Description("In the customer's name or number, or in the last message.")]
    public string? Q { get; init; }

    [FromQuery(Name = "sort"), Description("recent, or waiting: the longest wait first.")]
    public string? Sort { get; init; }

    /// <summary>The filter, or the refusal that names what is wrong.</summary>
    public (ConversationFilter? Filter, IResult? Refused) Read(SignedIn who, long now)
    {
        var closing = Closing is ['1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9', ..] && Closing.EndsWith('h')
            && long.TryParse(Closing[..^1], out var hours) && hours is >= 1 and <= 24 ? hours : (long?)null;
        var wrong =
            Unknown("view", View, "mine", "unassigned", "bot", "all") ?? Unknown("status", Status, "active", "transferred", "completed", "open", "snoozed")
            ?? Unknown("assignee", Assignee, "flow", "ai_agent", "agent", "team", "nobody", "me") ?? Unknown("channel", Channel, "meta", "twilio")
            ?? Unknown("language", Language, "fr", "ar", "en") ?? Unknown("sort", Sort, "recent", "waiting")
            ?? (string.IsNullOrEmpty(Closing) || closing is not null ? null : Problems.Invalid400("closing", "closing is a number of hours from 1h to 24h."))
            ?? (Label is null || Label.Length <= ConversationFilter.MostLabels ? null : Problems.Invalid400("label", $"At most {ConversationFilter.MostLabels} labels are asked for at once."));
        if (wrong is not null)
        {
            return (null, wrong);
        }

        var window = Instants.ToMicros(ServiceWindow.Length);
        return (new ConversationFilter(Status switch
        {
            "completed" => ListStates.Closed,
            "active" or "transferred" => ListStates.Open,
            "open" => ListStates.NotClosed,
            "snoozed" => ListStates.Snoozed,
            _ => ListStates.Every,
        })
        {
            View = View switch
            {
                "mine" => ListView.Mine,
                "unassigned" => ListView.Unassigned,
                "bot" => ListView.Bot,
                "all" => ListView.All,
                _ => null,
            },
            Reader = who.AgentId,
            Sight = Sight.Of(who),
            WithPeople = Status switch { "active" => false, "transferred" => true, _ => null },
            Assignee = Assignee switch
            {
                "flow" => Conversations.Assignee.Flow,
                "ai_agent" => Conversations.Assignee.AiAgent,
                "agent" or "me" => Conversations.Assignee.Agent,
                "team" => Conversations.Assignee.Team,
                "nobody" => Conversations.Assignee.Nobody,
                _ => null,
            },
            AgentId = Assignee == "me" ? who.AgentId : Agent,
            TeamId = Team,
            InboxId = Inbox,
            Channel = Channel switch { "meta" => 1, "twilio" => 2, _ => null },
            ContactId = Contact,
            Language = string.IsNullOrEmpty(Language) ? null : Language,
            Labels = [.. (Label ?? []).Distinct()],
            Unread = Unread == true,
            Waiting = Waiting == true,
            Text = string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(),
            HeardAfter = closing is null ? null : now - window,
            HeardBefore = closing is { } soon ? now - window + (soon * Instants.Hour) : null,
            LongestWaitFirst = Sort == "waiting",
        }, null);
    }

    private static IResult? Unknown(string field, string? word, params ReadOnlySpan<string> known) =>
        string.IsNullOrEmpty(word) || known.Contains(word) ? null : Problems.Invalid400(field, $"{field} is one of {string.Join(", ", known!)}.");
}
