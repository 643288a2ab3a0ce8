using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Tenants.Rights;

/// <summary>
/// Before any route: what somebody does not see is not there for them (404), and what shows everybody's customers is not theirs (403). Costs
/// nothing for those who see everything, and one look-up by key for others.
/// </summary>
internal sealed class SightGuard(RequestDelegate next, Database database)
{
    public async Task Invoke(HttpContext http)
    {
        if (http.SignedInOrNull() is not { TenantId: { } tenantId } who || Sight.Of(who) is not { } sight || http.GetEndpoint() is not RouteEndpoint route)
        {
            await next(http);
            return;
        }

        var look = SightTable.Of(http.Request.Method, "/" + route.RoutePattern.RawText!.Trim('/'), sight.Contacts is not null);
        if (look is Look.Shut)
        {
            await Problems.Refuse(Problems.Forbidden, "This shows customers of everybody, and you see some of them only.").ExecuteAsync(http);
        }
        else if (look is Look.Nothing || await Sees(tenantId, sight, look, http))
        {
            await next(http);
        }
        else
        {
            await Problems.Refuse(Problems.NotFound).ExecuteAsync(http);
        }
    }

    private async Task<bool> Sees(long tenantId, Sight sight, Look look, HttpContext http)
    {
        if ((look is Look.AtBody ? await ContactOfBody(http.Request) : IdOfRoute(http)) is not { } id)
        {
            // A person who starts something names a customer by their number alone; a key for some names one of them.
            return look is Look.AtBody && sight.Contacts is null;
        }

        var rows = look switch
        {
            Look.AtConversation at => $"{at.Sql} AND ({at.Or} OR ({sight.OfConversation("c")}))",
            Look.AtBody => $"contact x WHERE x.tenant_id = @tenantId AND x.id = @id AND {sight.OfContact("x.id")}",
            Look.AtContact at => $"{at.Sql} AND {sight.OfContact("x.contact_id")}",
            _ => throw new InvalidOperationException("Nothing is looked at there."),
        };
        return await database.Read(
            Scope.Tenant(tenantId), tx => tx.QueryFirst<long>($"SELECT 1 FROM {rows} LIMIT 1", sight.With(("tenantId", tenantId), ("id", id))),
            http.RequestAborted) == 1;
    }

    private static long? IdOfRoute(HttpContext http) => long.TryParse(http.Request.RouteValues["id"] as string, out var id) ? id : null;

    /// <summary>Reads ahead: the route reads the body again from its beginning. What is wrong with it is the route's to say.</summary>
    private static async Task<long?> ContactOfBody(HttpRequest request)
    {
        request.EnableBuffering(ApiBody.Limit);
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("contact_id", out var id) && id.TryGetInt64(out var number)
                ? number : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
        finally
        {
            request.Body.Position = 0;
        }
    }
}
