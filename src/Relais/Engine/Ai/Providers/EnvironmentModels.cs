using Relais.Foundation;

namespace Relais.Engine.Ai.Providers;

/// <summary>The models of the operator's environment: those of every tenant that configured none, in this order.</summary>
internal static class EnvironmentModels
{
    private static readonly string[] Vendors = [ModelCatalogue.OpenAi, ModelCatalogue.Anthropic, ModelCatalogue.Gemini];

    /// <summary>A vendor counts with a key, or with an address and a model's name: a server of one's own wants no key.</summary>
    public static IEnumerable<ModelSetup> Of(Settings settings)
    {
        var addresses = Addresses(settings);
        foreach (var vendor in Vendors)
        {
            var set = settings.Vendor(vendor);
            if (set.Key is not null || (set.BaseUrl is not null && set.Model is not null))
            {
                var model = set.Model ?? ModelCatalogue.DefaultModel(vendor)!;
                var (priceIn, priceOut) = ModelCatalogue.Price(model);
                yield return new ModelSetup(vendor, model, addresses[vendor], set.Key, null, priceIn, priceOut, IsTenants: false)
                {
                    ReadsImages = ModelCatalogue.ReadsImages(model),
                };
            }
        }
    }

    /// <summary>Where each vendor is from here. Ends with a slash, or joining would take the last part for a file.</summary>
    public static IReadOnlyDictionary<string, Uri> Addresses(Settings settings) => Vendors.ToDictionary(
        vendor => vendor,
        vendor => settings.Vendor(vendor).BaseUrl is { } set ? new Uri(set.AbsoluteUri.TrimEnd('/') + "/") : ModelCatalogue.Address(vendor)!,
        StringComparer.Ordinal);
}
