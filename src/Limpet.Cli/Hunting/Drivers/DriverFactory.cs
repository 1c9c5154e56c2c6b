using Limpet.Cli.Hunting.Target;

namespace Limpet.Cli.Hunting.Drivers;

/// <summary>Makes the driver that the options name.</summary>
internal static class DriverFactory
{
    /// <summary>Makes the driver of a target whose program was found.</summary>
    public static IDriver Create(HuntOptions options, HuntTarget target) => options.Driver switch
    {
        DriverOptions.StdinLine line => new StdinLineDriver(target, line),
        DriverOptions.Url url => new UrlDriver(url, options.Concurrency),
        DriverOptions.Each each => new EachDriver(each, options.WorkingDirectory, target.Program?.Pid ?? target.RootPid),
        DriverOptions.Idle idle => new IdleDriver(idle.Stretch),
        _ => throw new InvalidOperationException($"Bug in limpet: driver {options.Driver} has no mechanism."),
    };
}
