using Relais.Channels;
using Relais.Commerce;
using Relais.Conversations;
using Relais.Engine.Ai;
using Relais.Storage;
using Relais.Templates;

namespace Relais.FollowUps.Planning;

/// <summary>What a planner looks at.</summary>
internal sealed record PlanContext(FollowUpPlan Plan, RuleSettings Rule, PlanFacts Facts, QuietTimes Times, long Now)
{
    private const int MostMessages = 30;
    private const int MostOrders = 5;

    public Conversation? Conversation { get; init; }

    /// <summary>The last ones, oldest first.</summary>
    public IReadOnlyList<StoredMessage> Messages { get; init; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<Order> Orders { get; init; } = [];

    public IReadOnlyList<ContactValue> Fields { get; init; } = [];

    /// <summary>What may be sent from this number when the window is closed.</summary>
    public IReadOnlyList<UsableTemplate> Templates { get; init; } = [];

    public BusinessPrompt Prompt { get; init; } = BusinessPrompt.None;

    public string Language => Plan.Language;

    /// <summary>What stands for the placeholders of the business's own words.</summary>
    public FollowUpWords Words => new(
        Facts.Name, (Orders.FirstOrDefault(o => o.Id == Plan.OrderId) ?? (Orders is [var newest, ..] ? newest : null))?.TrackingNumber, Facts.Business,
        Plan.Rule == RuleKinds.AppointmentMissed ? Plan.Subject[1..] : null);

    /// <summary>Null when the contact is gone.</summary>
    public static async Task<PlanContext?> Read(Tx tx, FollowUpPlan plan, long now)
    {
        if (await PlanFacts.Read(tx, plan.TenantId, plan.ContactId) is not { } facts)
        {
            return null;
        }

        var rule = await RuleStore.Find(tx, plan.TenantId, plan.Rule);
        var conversation = plan.ConversationId is { } known ? await ConversationStore.Find(tx, plan.TenantId, known) : null;
        return new PlanContext(plan, rule.Read(), facts, await facts.Times(tx, plan.TenantId), now)
        {
            Conversation = conversation,
            Messages = conversation is null ? [] : await ConversationStore.Messages(tx, plan.TenantId, conversation.Id, null, null, MostMessages),
            Orders = await OrderStore.OfContact(tx, plan.TenantId, plan.ContactId, MostOrders),
            Fields = await ContactFieldStore.Values(tx, plan.TenantId, plan.ContactId),
            Templates = plan.InboxId is { } inbox ? await TemplateGate.Usable(tx, plan.TenantId, inbox) : [],
            Prompt = await PromptStore.InUse(tx, plan.TenantId) is var version and > 0
                ? (await PromptStore.Find(tx, plan.TenantId, version))?.Read() ?? BusinessPrompt.None : BusinessPrompt.None,
        };
    }

    /// <summary>The rule's own template, filled in; null when it has none.</summary>
    public OutboundContent.Template? RuleTemplate() => Rule.Template is not { } own ? null : new OutboundContent.Template(own.Name, Language)
    {
        Body = own.Body is { Count: > 0 } body ? body.ToDictionary(v => v.Key, v => Words.Fill(v.Value, Language), StringComparer.Ordinal) : null,
    };
}

/// <summary>What became of the question whether and what to say.</summary>
internal abstract record PlanOutcome
{
    /// <param name="Planner">built_in, or provider/model.</param>
    internal sealed record Proposed(
        string Planner, string Language, int Confidence, string Reason, IReadOnlyList<PlanEvidence> Evidence, IReadOnlyList<ProposedStep> Steps) : PlanOutcome;

    /// <summary>Nothing should be said.</summary>
    /// <param name="Code">Why, as pages know it; null where a model says it in words.</param>
    internal sealed record NotNeeded(string Planner, string? Code, string Reason) : PlanOutcome;
}

/// <param name="DueAt">Microseconds UTC, never in quiet hours or on a holiday.</param>
/// <param name="Text">For an open window.</param>
/// <param name="Template">For a closed one, or null.</param>
internal sealed record ProposedStep(long DueAt, string Text, OutboundContent.Template? Template);
