// Picture decoding by stb_image.
#include "guard.h"

#if __has_include(<stb/stb_image.h>)
#define LETHE_HAS_STB 1
#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_NO_STDIO
#define STBI_NO_HDR
#define STBI_NO_LINEAR
#define STBI_NO_GIF
#define STBI_NO_PSD
#define STBI_NO_PIC
#define STBI_NO_TGA
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>
#pragma GCC diagnostic pop
#endif

#include <cstring>
#include <limits>
#include <memory>

using namespace lethe;

int32_t lethe_image_decode(const void* data, int64_t byte_count, int32_t channels, lethe_tensor* result) {
  return guard([&] {
#if defined(LETHE_HAS_STB)
    TORCH_CHECK(channels == 0 || channels == 1 || channels == 3, "channels must be 0, 1 or 3, not ", channels);
    TORCH_CHECK(byte_count > 0 && byte_count <= std::numeric_limits<int>::max(), "an image cannot have ", byte_count, " bytes");
    int width = 0, height = 0, stored = 0;
    const std::unique_ptr<stbi_uc, decltype(&stbi_image_free)> pixels(
        stbi_load_from_memory(static_cast<const stbi_uc*>(data), static_cast<int>(byte_count), &width, &height, &stored, channels),
        &stbi_image_free);
    TORCH_CHECK(pixels != nullptr, "not a readable JPEG, PNG, BMP, PGM or PPM image (", stbi_failure_reason(), ")");
    const auto planes = channels == 0 ? stored : channels;
    auto rows = at::empty({height, width, planes}, at::kByte);
    std::memcpy(rows.data_ptr(), pixels.get(), static_cast<size_t>(rows.nbytes()));
    *result = give(rows.permute({2, 0, 1}).contiguous());
#else
    TORCH_CHECK(false, "this build has no stb_image (package libstb-dev), so it cannot decode images");
#endif
  });
}
