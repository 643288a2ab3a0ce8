using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Knowledge.Embeddings;

/// <summary>Asks the tenants' embedding models. What they answer with is brought to length 1; a failure is a missing vector, never a missing answer.</summary>
internal sealed class EmbeddingDirectory(Database database, Secrets secrets, EmbeddingDoor door, ILogger<EmbeddingDirectory> log)
{
    private readonly ConcurrentDictionary<long, (EmbeddingSetup Setup, IEmbeddingGenerator<string, Embedding<float>> Model)> open = new();

    /// <summary>A question's vector; null when there is no model, or it fails, or takes too long.</summary>
    public async Task<float[]?> Of(string question, long tenantId, TimeSpan patience, CancellationToken cancel)
    {
        // Read each time: one row by its key, before a call over the network.
        if (await database.Read(Scope.Tenant(tenantId), tx => EmbeddingStore.Find(tx, tenantId), cancel) is not { } setup)
        {
            return null;
        }

        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        within.CancelAfter(patience);
        try
        {
            return (await Of([question], setup, within.Token))[0];
        }
#pragma warning disable CA1031 // Whatever a model's server does wrong, the search goes on by words.
        catch (Exception e) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.LogWarning("The embedding model of tenant {Tenant} gave no vector for a question: {Kind}", tenantId, e.GetType().Name);
            return null;
        }
    }

    /// <summary>A vector for each text, in their order.</summary>
    public async Task<IReadOnlyList<float[]>> Of(IReadOnlyList<string> texts, EmbeddingSetup setup, CancellationToken cancel)
    {
        var model = Open(setup);
        var made = await model.GenerateAsync(texts, cancellationToken: cancel).WaitAsync(cancel);
        if (made.Count != texts.Count)
        {
            throw new InvalidDataException("The model gave another number of vectors than there were texts.");
        }

        return [.. made.Select(m => Unit(m.Vector.Span))];
    }

    private static float[] Unit(ReadOnlySpan<float> vector)
    {
        var length = TensorPrimitives.Norm(vector);
        if (vector.IsEmpty || !float.IsFinite(length) || length == 0)
        {
            throw new InvalidDataException("The model gave a vector of no length.");
        }

        var unit = new float[vector.Length];
        TensorPrimitives.Divide(vector, length, unit);
        return unit;
    }

    private IEmbeddingGenerator<string, Embedding<float>> Open(EmbeddingSetup setup)
    {
        if (open.TryGetValue(setup.TenantId, out var known) && (known.Setup.BaseUrl, known.Setup.Model, known.Setup.Key) == (setup.BaseUrl, setup.Model, setup.Key))
        {
            return known.Model;
        }

        var model = door(setup.BaseUrl is null ? null : new Uri(setup.BaseUrl), setup.Model, Key(setup));
        open[setup.TenantId] = (setup, model);
        return model;
    }

    /// <summary>A key sealed under another key file is as good as none.</summary>
    private string? Key(EmbeddingSetup setup)
    {
        try
        {
            return setup.Key is null ? null : secrets.Open(setup.Key, EmbeddingSetup.KeyPlace(setup.TenantId));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
