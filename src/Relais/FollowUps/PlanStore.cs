using Relais.Storage;

namespace Relais.FollowUps;

/// <summary>A contact with a plan to be looked at.</summary>
internal sealed class DueContact
{
    public long TenantId { get; init; }

    public long ContactId { get; init; }
}

/// <summary>Plans and their steps. What ends or sends one names the state it was in, so that of two who try one is told no.</summary>
internal static class PlanStore
{
    /// <summary>Nothing is planned for a suspended tenant until it is let in again.</summary>
    private const string MayGoOn =
        "(p.state <> 'planning' OR NOT EXISTS (SELECT 1 FROM tenant t WHERE t.tenant_id = p.tenant_id AND t.suspended_at IS NOT NULL))";

    /// <summary>States in which a plan may still say something.</summary>
    public const string Open = "('planning', 'proposed', 'approved', 'running')";

    private const string Select = """
        SELECT p.tenant_id AS "TenantId", p.id AS "Id", p.rule AS "Rule", p.contact_id AS "ContactId", p.conversation_id AS "ConversationId",
          p.inbox_id AS "InboxId", p.subject AS "Subject", p.note AS "Note", p.order_id AS "OrderId", p.state AS "State", p.held_out AS "HeldOut",
          p.language AS "Language", p.confidence AS "Confidence", p.reason AS "Reason", p.evidence AS "Evidence", p.planner AS "Planner",
          p.inbound_mark AS "InboundMark", p.order_mark AS "OrderMark", p.owner_mark AS "OwnerMark", p.approved_by AS "ApprovedBy",
          a.name AS "ApprovedByName", p.approved_at AS "ApprovedAt", p.problem_code AS "ProblemCode", p.problem AS "Problem", p.sent_at AS "SentAt",
          p.answered_at AS "AnsweredAt", p.converted_at AS "ConvertedAt", p.opted_out_at AS "OptedOutAt", p.watched_until AS "WatchedUntil",
          p.next_at AS "NextAt", p.version AS "Version", p.created_at AS "CreatedAt", p.updated_at AS "UpdatedAt",
          k.name AS "ContactName", k.phone AS "ContactPhone"
        FROM follow_up_plan p JOIN contact k ON k.tenant_id = p.tenant_id AND k.id = p.contact_id
        LEFT JOIN membership a ON a.tenant_id = p.tenant_id AND a.agent_id = p.approved_by
        """;

    private const string StepColumns = """
        tenant_id AS "TenantId", plan_id AS "PlanId", step AS "Step", due_at AS "DueAt", text AS "Text", template AS "Template", state AS "State",
        message_id AS "MessageId", problem_code AS "ProblemCode", problem AS "Problem", sent_at AS "SentAt"
        """;

    public static Task<FollowUpPlan?> Find(Tx tx, long tenantId, long id) => tx.QueryFirst<FollowUpPlan>(
        $"{Select} WHERE p.tenant_id = @tenantId AND p.id = @id", new { tenantId, id });

    public static Task<List<FollowUpPlan>> Some(Tx tx, long tenantId, IReadOnlyCollection<long> ids) => tx.Query<FollowUpPlan>(
        $"{Select} WHERE p.tenant_id = @tenantId AND p.id {tx.Dialect.In("ids")} ORDER BY p.id", new { tenantId, ids = ids.ToArray() });

    /// <summary>Newest first; null filters take all.</summary>
    public static Task<List<FollowUpPlan>> Page(Tx tx, long tenantId, string? state, string? rule, long? contactId, long before, int limit) => tx.Query<FollowUpPlan>($"""
        {Select} WHERE p.tenant_id = @tenantId AND p.id < @before {(state is null ? "" : "AND p.state = @state")}
        {(rule is null ? "" : "AND p.rule = @rule")} {(contactId is null ? "" : "AND p.contact_id = @contactId")} ORDER BY p.id DESC LIMIT @limit
        """, new { tenantId, state, rule, contactId, before, limit });

    /// <summary>Ids of what waits for a person, oldest first.</summary>
    public static Task<List<long>> Proposed(Tx tx, long tenantId, string? rule, int limit) => tx.Query<long>($"""
        SELECT id FROM follow_up_plan WHERE tenant_id = @tenantId AND state = 'proposed' {(rule is null ? "" : "AND rule = @rule")} ORDER BY id LIMIT @limit
        """, new { tenantId, rule, limit });

    /// <summary>Of every tenant, the longest due first; a contact may stand there twice.</summary>
    public static Task<List<DueContact>> Due(Tx tx, long now, int limit) => tx.Query<DueContact>($"""
        SELECT p.tenant_id AS "TenantId", p.contact_id AS "ContactId" FROM follow_up_plan p WHERE p.next_at IS NOT NULL AND p.next_at <= @now AND {MayGoOn}
        ORDER BY p.next_at LIMIT @limit
        """, new { now, limit });

    /// <summary>Those of one tenant, the longest due first; for a round from the shell.</summary>
    public static Task<List<FollowUpPlan>> DueOfTenant(Tx tx, long tenantId, long now) => tx.Query<FollowUpPlan>($"""
        {Select} WHERE p.tenant_id = @tenantId AND p.next_at IS NOT NULL AND p.next_at <= @now ORDER BY p.next_at, p.id LIMIT 1000
        """, new { tenantId, now });

    /// <summary>Those of one contact, in the order they came due.</summary>
    public static Task<List<FollowUpPlan>> DueOf(Tx tx, long tenantId, long contactId, long now) => tx.Query<FollowUpPlan>($"""
        {Select} WHERE p.tenant_id = @tenantId AND p.contact_id = @contactId AND p.next_at IS NOT NULL AND p.next_at <= @now AND {MayGoOn} ORDER BY p.next_at, p.id LIMIT 10
        """, new { tenantId, contactId, now });

    public static Task<FollowUpPlan?> OpenOf(Tx tx, long tenantId, long contactId) => tx.QueryFirst<FollowUpPlan>(
        $"{Select} WHERE p.tenant_id = @tenantId AND p.contact_id = @contactId AND p.state IN {Open}", new { tenantId, contactId });

    /// <summary>False when the contact has an open plan, or had one about the same.</summary>
    public static async Task<bool> Insert(Tx tx, FollowUpPlan plan) => await tx.Execute("""
        INSERT INTO follow_up_plan (tenant_id, id, rule, contact_id, conversation_id, inbox_id, subject, note, order_id, state, held_out, language,
          confidence, reason, evidence, planner, inbound_mark, order_mark, owner_mark, next_at, version, created_at, updated_at)
        VALUES (@TenantId, @Id, @Rule, @ContactId, @ConversationId, @InboxId, @Subject, @Note, @OrderId, @State, @HeldOut, @Language,
          @Confidence, @Reason, @Evidence, @Planner, @InboundMark, @OrderMark, @OwnerMark, @NextAt, 1, @CreatedAt, @CreatedAt)
        ON CONFLICT DO NOTHING
        """, plan) > 0;

    /// <summary>Takes the row until the end of the transaction.</summary>
    public static async Task<FollowUpPlan?> Hold(Tx tx, long tenantId, long id, long now)
    {
        await tx.Execute("UPDATE follow_up_plan SET updated_at = @now WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, now });
        return await Find(tx, tenantId, id);
    }

    /// <summary>What a planner proposed; false when somebody ended it meanwhile.</summary>
    public static async Task<bool> Propose(Tx tx, FollowUpPlan p) => await tx.Execute("""
        UPDATE follow_up_plan SET state = @State, held_out = @HeldOut, language = @Language, confidence = @Confidence, reason = @Reason,
          evidence = @Evidence, planner = @Planner, approved_at = @ApprovedAt, watched_until = @WatchedUntil, problem_code = @ProblemCode, problem = @Problem, next_at = @NextAt,
          updated_at = @UpdatedAt
        WHERE tenant_id = @TenantId AND id = @Id AND state = 'planning'
        """, p) > 0;

    public static Task Approve(Tx tx, long tenantId, long id, long agentId, long now) => tx.Execute("""
        UPDATE follow_up_plan SET state = 'approved', approved_by = @agentId, approved_at = @now, next_at = @now, updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id AND state = 'proposed'
        """, new { tenantId, id, agentId, now });

    /// <summary>Ends an open plan. What it may still bring is counted until <paramref name="watchUntil"/>.</summary>
    public static Task End(Tx tx, long tenantId, long id, string state, string? code, string? problem, long? nextAt, long? watchUntil, long now) => tx.Execute($"""
        UPDATE follow_up_plan SET state = @state, problem_code = CAST(@code AS TEXT), problem = CAST(@problem AS TEXT), next_at = CAST(@nextAt AS BIGINT),
          watched_until = coalesce(CAST(@watchUntil AS BIGINT), watched_until), updated_at = @now,
          answered_at = CASE WHEN @state = 'answered' THEN coalesce(answered_at, @now) ELSE answered_at END,
          converted_at = CASE WHEN @state = 'converted' THEN coalesce(converted_at, @now) ELSE converted_at END,
          opted_out_at = CASE WHEN @state = 'opted_out' THEN coalesce(opted_out_at, @now) ELSE opted_out_at END
        WHERE tenant_id = @tenantId AND id = @id AND (state IN {Open} OR (state = 'answered' AND @state IN ('converted', 'opted_out')))
        """, new { tenantId, id, state, code, problem, nextAt, watchUntil, now });

    /// <summary>Looked at, and again then; null: no more.</summary>
    public static Task Look(Tx tx, long tenantId, long id, long? nextAt, long now) => tx.Execute(
        "UPDATE follow_up_plan SET next_at = CAST(@nextAt AS BIGINT), updated_at = @now WHERE tenant_id = @tenantId AND id = @id", new { tenantId, id, nextAt, now });

    /// <summary>In the transaction that queued a step.</summary>
    public static Task Running(Tx tx, long tenantId, long id, long conversationId, long inboxId, long nextAt, long watchUntil, long now) => tx.Execute("""
        UPDATE follow_up_plan SET state = 'running', conversation_id = @conversationId, inbox_id = @inboxId, sent_at = coalesce(sent_at, @now),
          next_at = @nextAt, watched_until = @watchUntil, updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id AND state IN ('approved', 'running')
        """, new { tenantId, id, conversationId, inboxId, nextAt, watchUntil, now });

    public static Task Edited(Tx tx, long tenantId, long id, string language, long? nextAt, long now) => tx.Execute("""
        UPDATE follow_up_plan SET language = @language, next_at = CAST(@nextAt AS BIGINT), version = version + 1, updated_at = @now
        WHERE tenant_id = @tenantId AND id = @id
        """, new { tenantId, id, language, nextAt, now });

    public static Task<List<FollowUpStep>> Steps(Tx tx, long tenantId, long planId) => tx.Query<FollowUpStep>(
        $"SELECT {StepColumns} FROM follow_up_step WHERE tenant_id = @tenantId AND plan_id = @planId ORDER BY step", new { tenantId, planId });

    public static Task<List<FollowUpStep>> StepsOf(Tx tx, long tenantId, IReadOnlyCollection<long> plans) => plans.Count == 0
        ? Task.FromResult(new List<FollowUpStep>()) : tx.Query<FollowUpStep>($"""
            SELECT {StepColumns} FROM follow_up_step WHERE tenant_id = @tenantId AND plan_id {tx.Dialect.In("ids")}
            ORDER BY plan_id, step
            """, new { tenantId, ids = plans.ToArray() });

    public static Task InsertStep(Tx tx, FollowUpStep step) => tx.Execute("""
        INSERT INTO follow_up_step (tenant_id, plan_id, step, due_at, text, template, state)
        VALUES (@TenantId, @PlanId, @Step, @DueAt, @Text, @Template, 0)
        """, step);

    public static Task RemoveWaiting(Tx tx, long tenantId, long planId) => tx.Execute(
        "DELETE FROM follow_up_step WHERE tenant_id = @tenantId AND plan_id = @planId AND state = 0", new { tenantId, planId });

    /// <summary>Moves what waits by so many microseconds.</summary>
    public static Task Shift(Tx tx, long tenantId, long planId, long by) => tx.Execute(
        "UPDATE follow_up_step SET due_at = due_at + @by WHERE tenant_id = @tenantId AND plan_id = @planId AND state = 0", new { tenantId, planId, by });

    /// <summary>False when it was sent or refused before.</summary>
    public static async Task<bool> StepDone(Tx tx, long tenantId, long planId, long step, StepState state, long? messageId, string? code, string? problem, long now) =>
        await tx.Execute("""
            UPDATE follow_up_step SET state = @state, message_id = CAST(@messageId AS BIGINT), problem_code = CAST(@code AS TEXT),
              problem = CAST(@problem AS TEXT), sent_at = @now
            WHERE tenant_id = @tenantId AND plan_id = @planId AND step = @step AND state = 0
            """, new { tenantId, planId, step, state = (long)state, messageId, code, problem, now }) > 0;
}
