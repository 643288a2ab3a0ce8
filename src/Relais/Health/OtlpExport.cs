using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Relais.Foundation;
using Relais.Storage;

namespace Relais.Health;

/// <summary>Sends spans and metrics to an OpenTelemetry collector, when one is configured; else nothing of it exists.</summary>
internal sealed class OtlpExport : IHostedService, IDisposable
{
    private readonly TracerProvider traces;
    private readonly MeterProvider metrics;

    public OtlpExport(Settings settings, NodeName node)
    {
        void Resource(ResourceBuilder resource) => resource.AddService(
            "relais", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3), autoGenerateServiceInstanceId: false, serviceInstanceId: node.Value);

        traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(Resource)
            .AddSource(Telemetry.Name, "Microsoft.AspNetCore", "System.Net.Http", "Npgsql")
            .AddOtlpExporter(to => To(to, settings, "v1/traces")).Build();
        metrics = Sdk.CreateMeterProviderBuilder().ConfigureResource(Resource)
            .AddMeter(Telemetry.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "Npgsql")
            .AddOtlpExporter((to, _) => To(to, settings, "v1/metrics")).Build();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What is not exported yet has three seconds: the drain of sends needs the rest of the time.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        traces.ForceFlush(3000);
        metrics.ForceFlush(3000);
    }, cancellationToken);

    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }

    /// <summary>Set here and not left to the process' environment, since settings may come from a .env file.</summary>
    private static void To(OtlpExporterOptions to, Settings settings, string path)
    {
        to.Protocol = settings.OtlpIsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        to.Endpoint = settings.OtlpIsGrpc ? settings.OtlpEndpoint! : new Uri($"{settings.OtlpEndpoint!.ToString().TrimEnd('/')}/{path}");
        to.Headers = settings.OtlpHeaders ?? to.Headers;
    }
}

internal static class TelemetryModule
{
    public static void AddTelemetry(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<WorkGauges>();
        services.AddSingleton<MetricsText>();
        services.AddHostedService<MetricsListening>();
        if (settings.OtlpEndpoint is not null)
        {
            // Without it ASP.NET Core 10 leaves its spans without method, route and status.
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", isEnabled: false);
            services.AddHostedService<OtlpExport>();
            services.AddSingleton<Worker, GaugeRefresher>();
        }
    }

    /// <summary>Begins to count when the host starts and not when somebody first asks.</summary>
    private sealed class MetricsListening(MetricsText text) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.FromResult(text);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
