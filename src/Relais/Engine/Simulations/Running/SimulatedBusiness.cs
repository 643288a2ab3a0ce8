using Relais.Engine.Ai;
using Relais.Knowledge;
using Relais.Knowledge.Search;
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
    /// <summary>The version of a prompt that is not kept yet.</summary>
    public const long Unnumbered = -1;

    /// <summary>FAQs to answer from instead of the stored ones; null: those.</summary>
    public KnowledgeIndex? Faqs { get; init; }

    /// <summary>The business as it is now.</summary>
    /// <param name="tx">Reads.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="promptVersion">Another version of its prompt than the one in use; null: that one.</param>
    public static async Task<SimulatedBusiness> Read(Tx tx, long tenantId, long? promptVersion = null)
    {
        var tenant = (await TenantStore.Find(tx, tenantId))!;
        var row = (await tx.QueryFirst<Revisions>("""
            SELECT prompt_version AS "Prompt", faq_revision AS "Faqs", ai_revision AS "Ai" FROM tenant WHERE tenant_id = @tenantId
            """, new { tenantId }))!;
        var version = promptVersion ?? row.Prompt;
        var prompt = (await PromptStore.Find(tx, tenantId, version))?.Read() ?? BusinessPrompt.None;
        return new SimulatedBusiness(tenantId, tenant.Name, tenant.Language, prompt, version, row.Faqs, row.Ai);
    }

    private sealed class Revisions
    {
        public long Prompt { get; init; }

        public long Faqs { get; init; }

        public long Ai { get; init; }
    }
}
