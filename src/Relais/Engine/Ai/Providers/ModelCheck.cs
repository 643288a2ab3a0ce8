using Relais.Foundation;

namespace Relais.Engine.Ai.Providers;

/// <summary>What a tenant may configure as models.</summary>
internal static class ModelCheck
{
    private const int MostModels = 5;

    /// <summary>Null when all of it can be stored; else the refusal.</summary>
    public static IResult? Wrong(ModelsRequest request, List<StoredModel> known)
    {
        if (request.Models is not { } models || models.Count > MostModels)
        {
            return Problems.Invalid400("models", $"models is a list of at most {MostModels}; an empty one goes back to the installation's.");
        }

        if (request.DailyCostLimit is < 0 or > 1_000_000)
        {
            return Problems.Invalid400("daily_cost_limit", "daily_cost_limit is an amount in US dollars from 0 to 1000000, or null.");
        }

        foreach (var (field, limit) in ((string, long?)[])
            [("daily_token_limit", request.DailyTokenLimit), ("conversation_token_limit", request.ConversationTokenLimit)])
        {
            if (limit is < 0 or > 1_000_000_000_000)
            {
                return Problems.Invalid400(field, $"{field} is a number of tokens, 0 or more, or null.");
            }
        }

        if (models.Where(m => m?.Id is not null).GroupBy(m => m.Id).Any(g => g.Count() > 1))
        {
            return Problems.Invalid400("models", "Each id may stand there once.");
        }

        for (var i = 0; i < models.Count; i++)
        {
            if (models[i] is not { } model)
            {
                return Problems.Invalid400($"models[{i}]", "Each model is an object.");
            }

            if (Wrong(model, known.Find(k => k.Id == model.Id)) is var (field, sentence) && field is not null)
            {
                return Problems.Invalid400($"models[{i}].{field}", sentence!);
            }
        }

        return null;
    }

    /// <summary>A stored key goes only where it went before: who may change an address must not have it sent to themselves.</summary>
    public static bool KeepsKey(ModelRequest asked, StoredModel? stored) =>
        stored?.Key is not null && stored.Provider == asked.Provider && stored.BaseUrl == Address(asked.BaseUrl);

    /// <summary>Ends with a slash, or joining would take its last part for a file; null when there is none.</summary>
    public static string? Address(string? written) =>
        Uri.TryCreate(written?.Trim(), UriKind.Absolute, out var url) ? url.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/" : null;

    private static (string? Field, string? Sentence) Wrong(ModelRequest model, StoredModel? stored)
    {
        if (model.Provider is null || !ModelCatalogue.Providers.Contains(model.Provider))
        {
            return ("provider", $"provider is one of {string.Join(", ", ModelCatalogue.Providers)}.");
        }

        if (model.Model is { Length: > 200 } || (string.IsNullOrWhiteSpace(model.Model) && ModelCatalogue.DefaultModel(model.Provider) is null))
        {
            return ("model", "model is the provider's name of it, of at most 200 characters.");
        }

        if (string.IsNullOrWhiteSpace(model.BaseUrl) ? model.Provider == ModelCatalogue.Compatible : SafeHttp.Problem(model.BaseUrl.Trim()) is not null)
        {
            return ("base_url", SafeHttp.Problem(model.BaseUrl?.Trim())!);
        }

        if (model.Key is { } key && (key.Length > 1000 || key.Any(c => c is < '!' or > '~')))
        {
            return ("key", "key is a line of visible characters, as the provider shows it.");
        }

        if (string.IsNullOrEmpty(model.Key) && model.Provider != ModelCatalogue.Compatible && !KeepsKey(model, stored))
        {
            return ("key", "key is needed: a new model, or one whose provider or address changes, has none.");
        }

        return model.Temperature is < 0 or > 2 ? ("temperature", "temperature is a number from 0 to 2.")
            : model.PriceIn is < 0 or > 10_000 ? ("price_in", "price_in is US dollars for a million tokens, from 0 to 10000.")
            : model.PriceOut is < 0 or > 10_000 ? ("price_out", "price_out is US dollars for a million tokens, from 0 to 10000.")
            : (null, null);
    }
}
