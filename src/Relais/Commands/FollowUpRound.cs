using Relais.Channels;
using Relais.Conversations;
using Relais.Foundation;
using Relais.FollowUps;
using Relais.FollowUps.Finding;
using Relais.FollowUps.Planning;
using Relais.FollowUps.Sending;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Commands;

/// <summary>One round of follow-ups from the shell, beside a running server or without one. What it sends waits in the outbox for a server.</summary>
internal sealed class FollowUpRound
{
    private readonly EvalRooms rooms;
    private readonly long tenantId;
    private readonly Database database;

    private FollowUpRound(EvalRooms rooms, long tenantId) => (this.rooms, this.tenantId, database) = (rooms, tenantId, rooms.Get<Database>());

    public static async Task<FollowUpRound> Open(EvalRooms rooms, long tenantId, CancellationToken cancel)
    {
        await rooms.Get<InboxDirectory>().Load(cancel);
        return new FollowUpRound(rooms, tenantId);
    }

    /// <summary>The customer with this number, or null.</summary>
    public async Task<long?> Find(string phone, CancellationToken cancel) => PhoneNumbers.ToE164(phone) is { } number
        && await database.Read(Scope.Tenant(tenantId), tx => ContactStore.Owner(tx, new SeenContact(tenantId, null, number, null, null)), cancel) is > 0 and var id ? id : null;

    /// <summary>Prints a line a plan; a customer who is named and fits no rule is planned for by hand.</summary>
    public async Task Plan(long? contactId, bool isDry, CancellationToken cancel)
    {
        var planned = new List<(FollowUpPlan Plan, PlanOutcome Outcome)>();
        foreach (var rule in await database.Read(Scope.Tenant(tenantId), tx => RuleStore.All(tx, tenantId), cancel))
        {
            var after = "";
            do
            {
                var page = rule.Enabled == 0 ? new CandidatePage([], "")
                    : await database.Read(Scope.Tenant(tenantId), tx => CandidateStore.Page(tx, tenantId, rule.Kind, rule.Read(), after, rooms.Get<Clock>().Micros, contactId), cancel);
                foreach (var candidate in page.Found.Where(c => planned.TrueForAll(p => p.Plan.ContactId != c.ContactId)))
                {
                    await PlanOne(rule.Kind, candidate, isDry, planned, cancel);
                }

                after = page.After;
            }
            while (after.Length > 0);
        }

        if (contactId is { } one && planned.Count == 0)
        {
            var place = await database.Read(Scope.Tenant(tenantId), tx => OutreachStore.LastConversation(tx, tenantId, one), cancel);
            var candidate = new Candidate { ContactId = one, ConversationId = place?.Id, InboxId = place?.InboxId, Subject = $"shell{rooms.Get<Clock>().Micros}" };
            await PlanOne(RuleKinds.ByHand, candidate, isDry, planned, cancel);
        }

        planned.ForEach(p => Print(p.Plan, p.Outcome));
        Console.WriteLine(isDry ? $"{planned.Count} planned; nothing was written." : $"{planned.Count} planned; approve them at the desk under Follow-ups.");
    }

    /// <summary>Prints a line a step that leaves, or would.</summary>
    public async Task Send(long? contactId, bool isDry, CancellationToken cancel)
    {
        var (sends, now) = (rooms.Get<FollowUpSends>(), rooms.Get<Clock>().Micros);
        var sent = 0;
        var due = (await database.Read(Scope.Tenant(tenantId), tx => PlanStore.DueOfTenant(tx, tenantId, now), cancel))
            .FindAll(p => (contactId is null || p.ContactId == contactId) && p.State is PlanStates.Approved or PlanStates.Running);
        foreach (var plan in due)
        {
            var steps = await database.Read(Scope.Tenant(tenantId), tx => PlanStore.Steps(tx, tenantId, plan.Id), cancel);
            if (isDry)
            {
                if (await database.Read(Scope.Tenant(tenantId), tx => FollowUpSends.Verdict(tx, plan, steps, now), cancel) is LimitVerdict.Send next)
                {
                    Console.WriteLine($"would send  {plan.ContactPhone}  {steps.Find(s => s.Step == next.Step)!.Text}");
                    sent++;
                }

                continue;
            }

            var range = await rooms.Get<Ids>().Take(FollowUpSends.IdsEach, cancel);
            if (await database.Write(Scope.Tenant(tenantId), async tx =>
            {
                range.Rewind();
                return await sends.Look(tx, tenantId, plan.Id, range);
            }, cancel))
            {
                Console.WriteLine($"sent  {plan.ContactPhone}  {steps.Find(s => s.State == StepState.Waiting)?.Text}");
                sent++;
            }
        }

        Console.WriteLine(isDry ? $"{sent} would be sent; nothing was." : $"{sent} in the outbox; a running server carries them to the provider.");
    }

    private async Task PlanOne(string rule, Candidate candidate, bool isDry, List<(FollowUpPlan, PlanOutcome)> planned, CancellationToken cancel)
    {
        var (beginnings, planner) = (rooms.Get<Beginnings>(), rooms.Get<FollowUpPlanner>());
        var id = isDry ? 0 : await rooms.Get<Ids>().One(cancel);
        var plan = isDry ? await database.Read(Scope.Tenant(tenantId), tx => beginnings.Draw(tx, tenantId, rule, candidate, null, id), cancel)
            : await database.Write(Scope.Tenant(tenantId), async tx =>
                await beginnings.Draw(tx, tenantId, rule, candidate, null, id) is { } drawn && await PlanStore.Insert(tx, drawn) ? drawn : null, cancel);
        if (plan is null)
        {
            return;
        }

        var outcome = await planner.Plan(plan, cancel);
        if (!isDry)
        {
            await database.Write(Scope.Tenant(tenantId), tx => planner.Keep(tx, plan, outcome), cancel);
        }

        planned.Add((plan, outcome));
    }

    private static void Print(FollowUpPlan plan, PlanOutcome outcome)
    {
        switch (outcome)
        {
            case PlanOutcome.Proposed proposed:
                Console.WriteLine($"{plan.ContactPhone,-16} {plan.Rule,-28} {proposed.Language}  {proposed.Confidence,3} %  {proposed.Planner}  {proposed.Reason}");
                foreach (var step in proposed.Steps)
                {
                    Console.WriteLine($"  {Instants.FromMicros(step.DueAt):yyyy-MM-dd HH:mm} UTC  {ShortText.OneLine(step.Text)}{(step.Template is { } template ? $"  [or template {template.Name}]" : "")}");
                }

                break;
            case PlanOutcome.NotNeeded no:
                Console.WriteLine($"{plan.ContactPhone,-16} {plan.Rule,-28} nothing to say: {no.Reason}");
                break;
        }
    }
}
