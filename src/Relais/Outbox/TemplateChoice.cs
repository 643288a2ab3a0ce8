using Relais.Channels;
using Relais.Storage;

namespace Relais.Outbox;

/// <summary>What becomes of a template that somebody wants to send.</summary>
internal abstract record TemplateChoice
{
    /// <summary>It may go. <c>Purpose</c>: by its category, null when that is not known.</summary>
    internal sealed record Ready(OutboundContent.Template Content, SendPurpose? Purpose) : TemplateChoice;

    internal sealed record Unusable(SendDecision.Refused Refusal) : TemplateChoice;

    /// <summary>Checked against the tenant's templates, and filled in.</summary>
    public static Task<TemplateChoice> Of(Tx tx, long tenantId, long inboxId, OutboundContent.Template template)
    {
        // Wire here: Templates.TemplateGate.Resolve(tx, tenantId, inboxId, template).
        _ = (tx, tenantId, inboxId);
        return Task.FromResult<TemplateChoice>(new Ready(template, null));
    }

    /// <summary>Approved templates of a number, as "name (language)".</summary>
    public static Task<IReadOnlyList<string>> Usable(Tx tx, long tenantId, long inboxId)
    {
        // Wire here: the approved templates of the room Templates.
        _ = (tx, tenantId, inboxId);
        return Task.FromResult<IReadOnlyList<string>>([]);
    }
}
