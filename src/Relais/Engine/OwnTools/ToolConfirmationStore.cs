using Relais.Storage;

namespace Relais.Engine.OwnTools;

/// <summary>What became of a confirmed tool, as stored.</summary>
internal static class ToolOutcome
{
    public const string Done = "done";
    public const string Failed = "failed";

    /// <summary>The process died while a tool ran that may not be called twice.</summary>
    public const string Unknown = "unknown";

    public const string Kept = "kept";
}

/// <summary>A question before a tool's effect, as stored.</summary>
internal sealed class ToolConfirmation
{
    /// <summary>How long it may be answered by a tap, microseconds.</summary>
    public const long Lifetime = 10 * 60 * Foundation.Instants.Second;

    public long TenantId { get; init; }

    public string Nonce { get; init; } = "";

    public string Tool { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>JSON: name ⇒ text.</summary>
    public string Arguments { get; init; } = "{}";

    public long ContactId { get; init; }

    public long ConversationId { get; init; }

    public long CreatedAt { get; init; }

    public long ExpiresAt { get; init; }

    public long? UsedAt { get; init; }

    public long? UsedByMessage { get; init; }

    public string? Choice { get; init; }

    /// <summary>A word of <see cref="ToolOutcome"/>; null before the tap and while the tool runs.</summary>
    public string? Outcome { get; init; }

    public string? Answer { get; init; }
}

/// <summary>Questions before effects. Whoever spends one is the only one whose tool runs.</summary>
internal static class ToolConfirmationStore
{
    public static Task Insert(Tx tx, ToolConfirmation asked) => tx.Execute("""
        INSERT INTO tool_confirmation (tenant_id, nonce, tool, title, arguments, contact_id, conversation_id, created_at, expires_at)
        VALUES (@TenantId, @Nonce, @Tool, @Title, @Arguments, @ContactId, @ConversationId, @CreatedAt, @ExpiresAt)
        """, asked);

    public static Task<ToolConfirmation?> Find(Tx tx, long tenantId, string nonce) => tx.QueryFirst<ToolConfirmation>("""
        SELECT tenant_id AS "TenantId", nonce AS "Nonce", tool AS "Tool", title AS "Title", arguments AS "Arguments", contact_id AS "ContactId",
          conversation_id AS "ConversationId", created_at AS "CreatedAt", expires_at AS "ExpiresAt", used_at AS "UsedAt",
          used_by_message AS "UsedByMessage", choice AS "Choice", outcome AS "Outcome", answer AS "Answer"
        FROM tool_confirmation WHERE tenant_id = @tenantId AND nonce = @nonce
        """, new { tenantId, nonce });

    /// <summary>Takes the question for this message; false when another tap was first or the time is over.</summary>
    public static async Task<bool> Spend(Tx tx, ToolConfirmation asked, string choice, long messageId, long now) => await tx.Execute("""
        UPDATE tool_confirmation SET used_at = @now, used_by_message = @messageId, choice = @choice,
          outcome = CASE WHEN @choice = 'keep' THEN 'kept' END
        WHERE tenant_id = @TenantId AND nonce = @Nonce AND used_at IS NULL AND expires_at > @now
        """, new { asked.TenantId, asked.Nonce, choice, messageId, now }) > 0;

    /// <summary>False when it was settled before.</summary>
    public static async Task<bool> Settle(Tx tx, ToolConfirmation asked, string outcome, string? answer) => await tx.Execute("""
        UPDATE tool_confirmation SET outcome = @outcome, answer = @answer WHERE tenant_id = @TenantId AND nonce = @Nonce AND outcome IS NULL
        """, new { asked.TenantId, asked.Nonce, outcome, answer }) > 0;
}
