using Limpet.Capture.Native;

namespace Limpet.Capture.Children;

/// <summary>The terminal that this process was started at.</summary>
public static class ControllingTerminal
{
    /// <summary>Whether this process's group has the terminal now: then a Ctrl-C there reaches every process of the group, and need not be passed on.</summary>
    public static bool IsOurs
    {
        get
        {
            try
            {
                using FileStream terminal = new("/dev/tty", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
                return Spawn.ForegroundGroup((int)terminal.SafeFileHandle.DangerousGetHandle()) is > 0 and int group && group == Spawn.OwnGroup();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false; // none: started by a service or a build
            }
        }
    }
}
