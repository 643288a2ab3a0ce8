using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Ai;

/// <summary>The prompts in use, in memory.</summary>
internal sealed class PromptDirectory(Database database)
{
    private readonly RevisionCache<BusinessPrompt> inUse = new((tenantId, cancel) => database.Read(
        Scope.Tenant(tenantId),
        async tx => (await PromptStore.Find(tx, tenantId, await PromptStore.InUse(tx, tenantId)))?.Read() ?? BusinessPrompt.None, cancel));

    /// <summary>The turn with its business's prompt.</summary>
    public async ValueTask<Turn> Tell(DueTurn due, CancellationToken cancel) =>
        due.PromptVersion == 0 ? due.Turn
            : due.Turn with { Prompt = await inUse.Of(due.Turn.TenantId, due.PromptVersion, cancel) };
}
