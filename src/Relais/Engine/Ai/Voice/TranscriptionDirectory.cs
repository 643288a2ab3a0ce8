using System.Security.Cryptography;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Engine.Ai.Voice;

/// <summary>
/// Who writes each tenant's voice notes down, in memory with keys opened: the tenant's own model, else the installation's, else nobody.
/// Read together with the models that answer (ModelRefresher).
/// </summary>
internal sealed class TranscriptionDirectory(Database database, Secrets secrets, Settings settings)
{
    private readonly TranscriptionSetup? operators = TranscriptionSetup.Of(settings);
    private volatile Dictionary<long, TranscriptionSetup>? tenants;

    public bool IsLoaded => tenants is not null;

    /// <summary>The installation's own, or null.</summary>
    public TranscriptionSetup? Operators => operators;

    public TranscriptionSetup? Of(long tenantId) => tenants?.GetValueOrDefault(tenantId) ?? operators;

    public async Task Load(CancellationToken cancel) =>
        tenants = (await database.Read(Scope.Directory, TranscriptionStore.Every, cancel)).ToDictionary(row => row.TenantId, Setup);

    private TranscriptionSetup Setup(StoredTranscription row) => new(
        row.Model, row.BaseUrl is null ? TranscriptionSetup.Address(settings) : new Uri(row.BaseUrl), Open(row), row.PriceMinute, IsTenants: row.BaseUrl is not null);

    /// <summary>A key sealed under another key file is as good as none: the provider refuses, and the error log tells.</summary>
    private string? Open(StoredTranscription row)
    {
        try
        {
            return row.Key is null ? null : secrets.Open(row.Key, TranscriptionStore.KeyPlace(row.TenantId));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
