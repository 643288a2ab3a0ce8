using Relais.Engine.Ai;
using Relais.Knowledge;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Simulations.Running;

/// <summary>What of a business a simulation is decided with. A gate puts the candidate in place of what is in use.</summary>
/// <param name="TenantId">Whose tools are asked.</param>
/// <param name="Name">Of the business.</param>
/// <param name="Language">fr, ar or en.</param>
/// <param name="Prompt">What its agent is told.</param>
/// <param name="PromptVersion">The version in use; 0 for none.</param>
/// <param name="FaqRevision">Of what is kept in memory.</param>
/// <param name="AiRevision">The same.</param>
internal sealed record SimulatedBusiness(
    long TenantId, string Name, string Language, BusinessPrompt Prompt, long PromptVersion, long FaqRevision, long AiRevision)
{
    /// <summary>FAQs to answer from instead of the stored ones; null: those.</summary>
    public FaqSearch? Faqs { get; init; }

    /// <summary>The business as it is now.</summary>
    public static async Task<SimulatedBusiness> Read(Tx tx, long tenantId)
    {
        var tenant = (await TenantStore.Find(tx, tenantId))!;
        var row = (await tx.QueryFirst<Revisions>("""
            SELECT prompt_version AS "Prompt", faq_revision AS "Faqs", ai_revision AS "Ai" FROM tenant WHERE tenant_id = @tenantId
            """, new { tenantId }))!;
        var prompt = (await PromptStore.Find(tx, tenantId, row.Prompt))?.Read() ?? BusinessPrompt.None;
        return new SimulatedBusiness(tenantId, tenant.Name, tenant.Language, prompt, row.Prompt, row.Faqs, row.Ai);
    }

    private sealed class Revisions
    {
        public long Prompt { get; init; }

        public long Faqs { get; init; }

        public long Ai { get; init; }
    }
}
