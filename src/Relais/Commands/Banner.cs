using Relais.Foundation;

namespace Relais.Commands;

/// <summary>What the terminal says once Relais listens.</summary>
internal static class Banner
{
    public static void Print(Settings settings, bool isDemo)
    {
        var address = settings.Urls.Split(';')[0].TrimEnd('/');
        var open = address.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        Console.WriteLine(isDemo
            ? $"""

              Relais runs (demo, this computer only).

                Both sides             {open}/demo
                The desk               {open}/
                The customer's phone   {open}/simulator
                Sign in                demo@example.com / demo123
                API description        {open}/openapi/v1.json

              Write "Où est ma commande TRK123456 ?" on the phone. Ctrl+C stops.

              """
            : $"""

              Relais runs at {open} (listening on {settings.Urls}).

              """);
    }

    /// <summary>The one-time token goes to the terminal alone: never into the log.</summary>
    public static void PrintSetup(Settings settings, string token)
    {
        Console.WriteLine($$"""

            Nobody can sign in yet. Make the first owner at {{settings.Urls.Split(';')[0].TrimEnd('/')}}/setup with the token
            {{token}}
            or with one of:
              relais user add --email YOU@EXAMPLE.COM --name "Your name" --tenant "Your business"
              curl -X POST {{settings.Urls.Split(';')[0].TrimEnd('/')}}/api/setup -H 'Content-Type: application/json' \
                -d '{"token":"{{token}}","email":"YOU@EXAMPLE.COM","password":"twelve characters or more","name":"Your name"}'

            """);
    }
}
