using System.Collections.Concurrent;
using Relais.Storage;

namespace Relais.Engine.Ai;

/// <summary>The prompts in use, in memory: a version never changes, so it is read once.</summary>
internal sealed class PromptDirectory(Database database)
{
    private readonly ConcurrentDictionary<long, (long Version, BusinessPrompt Prompt)> inUse = new();

    /// <summary>The turn with its business's prompt.</summary>
    public async ValueTask<Turn> Tell(DueTurn due, CancellationToken cancel)
    {
        if (due.PromptVersion == 0)
        {
            return due.Turn;
        }

        var tenantId = due.Turn.TenantId;
        if (!inUse.TryGetValue(tenantId, out var known) || known.Version != due.PromptVersion)
        {
            var found = await database.Read(Scope.Tenant(tenantId), tx => PromptStore.Find(tx, tenantId, due.PromptVersion), cancel);
            known = (due.PromptVersion, found?.Read() ?? BusinessPrompt.None);
            inUse[tenantId] = known;
        }

        return due.Turn with { Prompt = known.Prompt };
    }
}
