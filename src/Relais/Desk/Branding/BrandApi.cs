using Relais.Foundation;
using Relais.Media;
using Relais.Storage;
using Relais.Tenants;

namespace Relais.Desk.Branding;

/// <param name="Color">#rrggbb, of the line over the console; null: none.</param>
/// <param name="LogoMediaId">A PNG, JPEG or WebP that was uploaded (POST /api/media); null: none.</param>
internal sealed record BrandJson(string? Color, long? LogoMediaId);

/// <summary>The business's logo and colour, as its people see them in the console.</summary>
internal static class BrandApi
{
    /// <summary>Pixels on a side. Every colleague's browser unpacks it; a phone's photograph still fits.</summary>
    private const int MostPixels = 8_192;

    public static void MapBranding(this IEndpointRouteBuilder app)
    {
        var brand = app.MapGroup("/api/tenant/branding").WithTags("Tenant");
        brand.MapGet("", Get).RequireAuthorization(Policies.Agent).WithName("get_branding").WithSummary("The business's logo and colour").Produces<BrandJson>();
        brand.MapPut("", Put).RequireAuthorization(Policies.Admin).WithName("set_branding").WithSummary("Set the business's logo and colour; null: none")
            .Accepts<BrandJson>("application/json").Produces<BrandJson>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(Show(await database.Read(Scope.Tenant(who.Tenant), tx => BrandStore.Find(tx, who.Tenant), cancel)), ApiJson.Options);

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Database database, MediaFiles files, Idempotency idempotency)
    {
        var (bytes, body) = await ApiBody.Read<BrandJson>(http.Request);
        if (body.Color is { } color && !(color.Length == 7 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigit)))
        {
            return Problems.Invalid400("color", "color is written #rrggbb, or null.");
        }

        var brand = new Brand { Color = body.Color?.ToLowerInvariant(), LogoMediaId = body.LogoMediaId };
        if (brand.LogoMediaId is { } asked && await database.Read(Scope.Tenant(who.Tenant), tx => BrandStore.Picture(tx, who.Tenant, asked), http.RequestAborted) is { } sha
            && await Refused(files.PathOf(sha), http.RequestAborted) is { } sentence)
        {
            return Problems.Invalid400("logo_media_id", sentence);
        }

        return await idempotency.Once(http, who, "PUT /api/tenant/branding", bytes, async tx =>
        {
            if (brand.LogoMediaId is { } logo && await BrandStore.Picture(tx, who.Tenant, logo) is null)
            {
                return (400, (object)Problems.Invalid400("logo_media_id", "logo_media_id is the id of a PNG, JPEG or WebP that was uploaded (POST /api/media)."));
            }

            await BrandStore.Set(tx, who.Tenant, brand);
            return (200, Show(brand));
        });
    }

    /// <summary>Why it is no logo, or null.</summary>
    private static async Task<string?> Refused(string path, CancellationToken cancel) =>
        !File.Exists(path) ? "The picture's file is not here any more: upload it again."
        : await PictureSize.Of(path, cancel) is not var (width, height) ? "The picture does not say how large it is: it is damaged, or not what its name says. Save it as PNG, JPEG or WebP once more."
        : width > MostPixels || height > MostPixels ? $"The picture says it has {width} × {height} pixels; a logo has at most {MostPixels} on each side. Save it smaller."
        : null;

    private static BrandJson Show(Brand brand) => new(brand.Color, brand.LogoMediaId);
}
