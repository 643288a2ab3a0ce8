using System.Security.Cryptography;
using Relais.Commerce;
using Relais.Conversations;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.OwnTools;

/// <summary>A tenant's own tools as nodes keep them in memory. What cannot be opened or read is left out and said in the log.</summary>
/// <param name="Http">Calls of its own systems.</param>
/// <param name="Servers">Its MCP servers.</param>
/// <param name="HasProducts">Whether there are any to be shown.</param>
/// <param name="Fields">What may be noted of a customer.</param>
internal sealed record TenantToolSet(IReadOnlyList<HttpTool> Http, IReadOnlyList<McpServer> Servers, bool HasProducts, IReadOnlyList<ContactField> Fields)
{
    public bool IsEmpty => Http.Count == 0 && Servers.Count == 0 && !HasProducts && Fields.Count == 0;

    public static async Task<TenantToolSet> Load(Database database, Secrets secrets, long tenantId, ILogger log, CancellationToken cancel)
    {
        var (tools, servers, products, fields) = await database.Read(Scope.Tenant(tenantId), async tx => (
            await HttpToolStore.Enabled(tx, tenantId), await McpServerStore.Enabled(tx, tenantId), await ProductStore.CountEnabled(tx, tenantId),
            await ContactFieldStore.Fields(tx, tenantId)), cancel);
        return new TenantToolSet(
            Each(tools, t => HttpTool.Of(t, secrets), t => t.Id, log), Each(servers, s => McpServer.Of(s, secrets), s => s.Id, log), products > 0,
            fields);
    }

    private static List<TOut> Each<T, TOut>(List<T> rows, Func<T, TOut> open, Func<T, long> id, ILogger log)
    {
        var opened = new List<TOut>(rows.Count);
        foreach (var row in rows)
        {
            try
            {
                opened.Add(open(row));
            }
            catch (Exception e) when (e is CryptographicException or InvalidDataException or FormatException)
            {
                log.LogError("Tool or MCP server {Id} cannot be opened: {Kind}; give its headers again", id(row), e.GetType().Name);
            }
        }

        return opened;
    }
}
