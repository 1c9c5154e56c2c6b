using System.Text;

namespace Limpet.Resources.Linux;

/// <summary>What a descriptor is, by what the kernel writes as its target.</summary>
internal static class DescriptorKinds
{
    public static DescriptorKind Of(ReadOnlySpan<byte> target)
    {
        if (target.StartsWith("/"u8))
        {
            if (!target.EndsWith(" (deleted)"u8))
            {
                return DescriptorKind.File;
            }

            if (target.StartsWith("/memfd:"u8))
            {
                return DescriptorKind.Other;
            }

            // A file may also be *named* so; then it exists under the whole name.
            return File.Exists(Encoding.UTF8.GetString(target)) ? DescriptorKind.File : DescriptorKind.DeletedFile;
        }

        if (target.StartsWith("socket:"u8))
        {
            return DescriptorKind.Socket;
        }

        if (target.StartsWith("pipe:"u8))
        {
            return DescriptorKind.Pipe;
        }

        // The kernel writes brackets around some anonymous inodes and none around others.
        ReadOnlySpan<byte> anonymous = "anon_inode:"u8;
        if (!target.StartsWith(anonymous))
        {
            return DescriptorKind.Other;
        }

        ReadOnlySpan<byte> name = target[anonymous.Length..].Trim("[]"u8);
        return name.SequenceEqual("inotify"u8) ? DescriptorKind.Inotify
            : name.SequenceEqual("eventfd"u8) ? DescriptorKind.EventFd
            : name.SequenceEqual("eventpoll"u8) ? DescriptorKind.EventPoll
            : name.SequenceEqual("timerfd"u8) ? DescriptorKind.TimerFd
            : DescriptorKind.Other;
    }
}
