using System.Diagnostics;
using Relais.Channels;
using Relais.Storage;
using Relais.Templates;

namespace Relais.Outbox;

/// <summary>What the tenant's templates say of one that somebody wants to send, in the gate's words.</summary>
internal abstract record TemplateChoice
{
    /// <summary>It may go. <c>Purpose</c>: by its category.</summary>
    internal sealed record Ready(OutboundContent.Template Content, SendPurpose Purpose) : TemplateChoice;

    internal sealed record Unusable(SendDecision.Refused Refusal) : TemplateChoice;

    /// <summary>Checked against the tenant's templates, and filled in.</summary>
    public static async Task<TemplateChoice> Of(
        Tx tx, long tenantId, long inboxId, OutboundContent.Template template, List<StoredTemplate> named) =>
        await TemplateGate.Resolve(tx, tenantId, inboxId, template, named) switch
        {
            TemplateDecision.Ready ready => new Ready(ready.Content, ready.Category switch
            {
                "marketing" => SendPurpose.Marketing,
                "authentication" => SendPurpose.Authentication,
                _ => SendPurpose.Utility,
            }),
            TemplateDecision.Refused refused => new Unusable(new SendDecision.Refused(refused.Code, refused.Reason)
            {
                Templates = refused.Usable,
                Field = refused.Problems is [var first, ..] ? first.Field : null,
            }),
            _ => throw new UnreachableException(),
        };
}
