using Relais.Campaigns;
using Relais.Desk;
using Relais.Desk.Contacts;
using Relais.FollowUps;
using Relais.FollowUps.Api;
using Relais.Storage;
using Relais.Subscriptions.Feeding;

namespace Relais.Commands;

/// <summary>Events of subscriptions hold things as the API shows them: the shapes are other rooms', which subscriptions do not name.</summary>
internal static class WebhookShapes
{
    public static EventShapes OfTheApi { get; } = new(
        async (tx, tenantId, messages) => messages.Count == 0
            ? [] : (await MessageMedia.Show(tx, tenantId, messages)).ToDictionary(m => m.Id, object (m) => m),
        ConversationJson.Of,
        async (tx, tenantId, id) => await ContactCardStore.Find(tx, tenantId, id) is { } card ? ContactJson.Of(card) : null,
        Campaign,
        FollowUp);

    private static async Task<(CampaignFacts, object)?> Campaign(Tx tx, long tenantId, long id) =>
        await CampaignStore.Find(tx, tenantId, id) is not { } c ? null : (new CampaignFacts(
            c.State is CampaignState.Running, c.State == CampaignState.Paused, c.StartedAt, c.EndedAt), CampaignJson.Of(c));

    private static async Task<(FollowUpFacts, object)?> FollowUp(Tx tx, long tenantId, long id)
    {
        if (await PlanStore.Find(tx, tenantId, id) is not { } plan)
        {
            return null;
        }

        var steps = await PlanStore.Steps(tx, tenantId, id);

        // To whom nothing is said, to compare with, nothing happens.
        var isOver = plan.HeldOut == 0 && plan.State is PlanStates.Converted or PlanStates.OptedOut or PlanStates.Ended or PlanStates.Rejected or PlanStates.Overtaken;
        return (new FollowUpFacts(
            plan.HeldOut == 0 && (plan.State is PlanStates.Proposed or PlanStates.Rejected || plan.ApprovedBy is not null), plan.CreatedAt,
            [.. steps.Where(s => s.State == StepState.Sent).Select(s => s.SentAt ?? 0)], plan.HeldOut == 0 ? plan.AnsweredAt : null, isOver), PlanJson.Of(plan, steps));
    }
}
