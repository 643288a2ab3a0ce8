using Relais.Storage;
using Relais.Tenants;

namespace Relais.Engine.Ai.BuiltIn;

/// <summary>A business's words as stored.</summary>
internal sealed class StoredWords
{
    public string Draft { get; init; } = "";

    public string Published { get; init; } = "";

    public long ChangedAt { get; init; }

    public long? PublishedAt { get; init; }
}

/// <summary>One draft and one published set a tenant; no row while nothing was ever written.</summary>
internal static class OwnWordsStore
{
    public static Task<StoredWords?> Find(Tx tx, long tenantId) => tx.QueryFirst<StoredWords>("""
        SELECT draft AS "Draft", published AS "Published", changed_at AS "ChangedAt", published_at AS "PublishedAt"
        FROM own_words WHERE tenant_id = @tenantId
        """, new { tenantId });

    public static async Task<OwnWords> Draft(Tx tx, long tenantId) => OwnWords.Read((await Find(tx, tenantId))?.Draft);

    public static async Task<OwnWords> Published(Tx tx, long tenantId) => OwnWords.Read((await Find(tx, tenantId))?.Published);

    public static Task KeepDraft(Tx tx, long tenantId, OwnWords words, long now) => tx.Execute("""
        INSERT INTO own_words (tenant_id, draft, published, changed_at) VALUES (@tenantId, @draft, @none, @now)
        ON CONFLICT (tenant_id) DO UPDATE SET draft = excluded.draft, changed_at = excluded.changed_at
        """, new { tenantId, draft = words.Write(), none = OwnWords.None.Write(), now });

    /// <summary>Turns are answered under the draft from now on.</summary>
    public static async Task Publish(Tx tx, long tenantId, long now)
    {
        await tx.Execute("UPDATE own_words SET published = draft, published_at = @now WHERE tenant_id = @tenantId", new { tenantId, now });
        await AiRevision.Grow(tx, tenantId);
    }
}
