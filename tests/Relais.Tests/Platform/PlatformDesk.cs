using System.Net.Http.Headers;
using Relais.Tests.Support;

namespace Relais.Tests.Platform;

/// <summary>What the platform administrator does in these stories.</summary>
internal static class PlatformDesk
{
    /// <summary>The administrator inside a tenant.</summary>
    public static async Task<DeskClient> Enter(this DeskClient platform, RelaisHost relais, long tenant)
    {
        var entered = (await platform.Post($"/api/admin/tenants/{tenant}/enter")).Ok();
        var inside = DeskClient.Anonymous(relais);
        inside.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", entered.Text("token"));
        return inside;
    }

    /// <summary>The owner of a tenant that the administrator makes.</summary>
    public static async Task<DeskClient> Owner(this DeskClient platform, RelaisHost relais, string name = "Other")
    {
        var email = $"owner@{name.ToLowerInvariant()}.example";
        (await platform.Post("/api/admin/conciergeries", new { name, email, password = DeskClient.Password })).Ok();
        return await DeskClient.SignIn(relais.Url, email);
    }
}
