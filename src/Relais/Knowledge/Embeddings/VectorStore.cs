using System.Runtime.InteropServices;
using Relais.Knowledge.Search;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Knowledge.Embeddings;

/// <summary>A text that has no vector of the model in use.</summary>
/// <param name="Id">Of the FAQ or passage.</param>
/// <param name="Text">What the vector is to stand for.</param>
/// <param name="Digest">Of the text.</param>
internal readonly record struct Unplaced(long Id, string Text, string Digest);

/// <summary>Vectors of FAQs and passages, as little-endian float32 of length 1.</summary>
internal static class VectorStore
{
    private static readonly Rows<(long TenantId, long Revision, Unplaced Item, byte[] Vector)> PutRows = new("""
        INSERT INTO knowledge_vector (tenant_id, item_id, revision, digest, vector)
        SELECT r.tenant_id, r.item_id, r.revision, r.digest, r.vector FROM {rows} WHERE true
        ON CONFLICT (tenant_id, item_id) DO UPDATE SET revision = excluded.revision, digest = excluded.digest, vector = excluded.vector
        """,
        Column<(long TenantId, long Revision, Unplaced Item, byte[] Vector)>.Long("tenant_id", v => v.TenantId),
        Column<(long TenantId, long Revision, Unplaced Item, byte[] Vector)>.Long("item_id", v => v.Item.Id),
        Column<(long TenantId, long Revision, Unplaced Item, byte[] Vector)>.Long("revision", v => v.Revision),
        Column<(long TenantId, long Revision, Unplaced Item, byte[] Vector)>.Text("digest", v => v.Item.Digest),
        Column<(long TenantId, long Revision, Unplaced Item, byte[] Vector)>.Bytes("vector", v => v.Vector));

    /// <summary>Those of the model in use.</summary>
    public static async Task<List<ItemVector>> All(Tx tx, long tenantId) => (await tx.Query<(long Id, byte[] Vector)>("""
        SELECT v.item_id, v.vector FROM knowledge_vector v JOIN embedding_model e ON e.tenant_id = v.tenant_id AND e.revision = v.revision
        WHERE v.tenant_id = @tenantId
        """, new { tenantId })).ConvertAll(v => new ItemVector(v.Id, MemoryMarshal.Cast<byte, float>(v.Vector).ToArray()));

    /// <summary>Digests of those of the model in use, by item.</summary>
    public static async Task<Dictionary<long, string>> Digests(Tx tx, long tenantId) => (await tx.Query<(long Id, string Digest)>("""
        SELECT v.item_id, v.digest FROM knowledge_vector v JOIN embedding_model e ON e.tenant_id = v.tenant_id AND e.revision = v.revision
        WHERE v.tenant_id = @tenantId
        """, new { tenantId })).ToDictionary(v => v.Id, v => v.Digest);

    /// <param name="isLast">Searches take them up: not with each batch, as all of it is read again then.</param>
    public static async Task Put(Tx tx, long tenantId, long revision, IReadOnlyList<(Unplaced Item, float[] Vector)> vectors, bool isLast)
    {
        await tx.Each(PutRows, [.. vectors.Select(v => (tenantId, revision, v.Item, MemoryMarshal.AsBytes(v.Vector.AsSpan()).ToArray()))]);
        if (isLast)
        {
            await AiRevision.Grow(tx, tenantId);
        }
    }
}
