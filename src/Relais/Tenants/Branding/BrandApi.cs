using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.Branding;

/// <param name="Color">#rrggbb, of the line over the console; null: none.</param>
/// <param name="LogoMediaId">A PNG, JPEG or WebP that was uploaded (POST /api/media); null: none.</param>
internal sealed record BrandJson(string? Color, long? LogoMediaId);

/// <summary>The business's logo and colour, as its people see them in the console.</summary>
internal static class BrandApi
{
    public static void MapBranding(this IEndpointRouteBuilder app)
    {
        var brand = app.MapGroup("/api/tenant/branding").WithTags("Tenant");
        brand.MapGet("", Get).RequireAuthorization(Policies.Agent).WithName("get_branding").WithSummary("The business's logo and colour").Produces<BrandJson>();
        brand.MapPut("", Put).RequireAuthorization(Policies.Admin).WithName("set_branding").WithSummary("Set the business's logo and colour; null: none")
            .Accepts<BrandJson>("application/json").Produces<BrandJson>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> Get(SignedIn who, Database database, CancellationToken cancel) =>
        Results.Json(Show(await database.Read(Scope.Tenant(who.Tenant), tx => BrandStore.Find(tx, who.Tenant), cancel)), ApiJson.Options);

    private static async Task<IResult> Put(HttpContext http, SignedIn who, Idempotency idempotency)
    {
        var (bytes, asked) = await ApiBody.Read<BrandJson>(http.Request);
        if (asked.Color is { } color && !(color.Length == 7 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigit)))
        {
            return Problems.Invalid400("color", "color is written #rrggbb, or null.");
        }

        var brand = new Brand { Color = asked.Color?.ToLowerInvariant(), LogoMediaId = asked.LogoMediaId };
        return await idempotency.Once(http, who, "PUT /api/tenant/branding", bytes, async tx =>
        {
            if (brand.LogoMediaId is { } logo && !await BrandStore.IsPicture(tx, who.Tenant, logo))
            {
                return (400, (object)Problems.Invalid400("logo_media_id", "logo_media_id is the id of a PNG, JPEG or WebP that was uploaded (POST /api/media)."));
            }

            await BrandStore.Set(tx, who.Tenant, brand);
            return (200, Show(brand));
        });
    }

    private static BrandJson Show(Brand brand) => new(brand.Color, brand.LogoMediaId);
}
