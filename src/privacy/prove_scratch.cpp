#include <stdlib.h>  // NOLINT: mkdtemp is POSIX

#include <array>
#include <utility>

#include "privacy/prove_checks.hpp"

namespace chatika::privacy {
namespace {

template <std::size_t... I>
Result<std::string> seal_of(std::index_sequence<I...>, Access& access, Field field, SubjectId subject,
                            const Uuid& row, std::string_view text) {
  Result<std::string> out = fail(Errc::internal, "no such field");
  const auto one = [&]<Field F>() {
    auto sealed = access.seal<F>(subject, row, text);
    out = sealed ? Result<std::string>(std::move(sealed->box)) : Result<std::string>(fail(sealed.error()));
  };
  ((static_cast<std::size_t>(field) == I ? one.template operator()<static_cast<Field>(I)>() : void()), ...);
  return out;
}

template <std::size_t... I>
Result<std::string> open_of(std::index_sequence<I...>, Access& access, Field field, SubjectId subject,
                            const Uuid& row, std::string_view box, Purpose purpose) {
  Result<std::string> out = fail(Errc::internal, "no such field");
  const auto one = [&]<Field F>() { out = access.open(Sealed<F>{subject, row, std::string(box)}, purpose); };
  ((static_cast<std::size_t>(field) == I ? one.template operator()<static_cast<Field>(I)>() : void()), ...);
  return out;
}

}  // namespace

Result<std::string> seal_any(Access& access, Field field, SubjectId subject, const Uuid& row,
                             std::string_view text) {
  return seal_of(std::make_index_sequence<kFields>(), access, field, subject, row, text);
}

Result<std::string> open_any(Access& access, Field field, SubjectId subject, const Uuid& row,
                             std::string_view box, Purpose purpose) {
  return open_of(std::make_index_sequence<kFields>(), access, field, subject, row, box, purpose);
}

Result<std::unique_ptr<Scratch>> Scratch::make(Time now) {
  auto pattern = (std::filesystem::temp_directory_path() / "chatika-prove-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr)
    return fail(Errc::unavailable, "no scratch directory can be made");
  std::unique_ptr<Scratch> out(new Scratch(pattern, now));
  out->storage_ = TRY(
      db::Storage::open({.data_dir = pattern, .postgres_url = {}, .postgres_owner_url = {}, .threads = 1}));
  CHECK(out->storage_->create_tenant(out->tenant));
  return out;
}

Scratch::~Scratch() {
  storage_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

void Scratch::act(const Principal& who, const std::function<void(Access&)>& f) {
  std::exception_ptr thrown;
  const auto outcome = db::run_and_wait(*storage_, tenant, [&](db::Tx& tx) {
    try {
      Access access(tx, keys_, who, now_, "prove");
      f(access);
      access.finish();
      return true;
    } catch (...) {
      thrown = std::current_exception();
      return false;
    }
  });
  if (thrown) std::rethrow_exception(thrown);
  if (outcome != db::Outcome::committed) throw std::runtime_error("the scratch installation did not commit");
}

SubjectId Scratch::visitor() {
  SubjectId id{};
  act([&](Access& access) {
    id = access.new_subject(SubjectKind::visitor);
    const auto given = give_consent(access, id, consent_text({}, "ru"), false, "prove");
    if (!given) throw std::runtime_error("a consent is not taken");
  });
  return id;
}

std::string Scratch::seal(Field field, SubjectId subject, std::string_view text) {
  std::string box;
  act([&](Access& access) {
    auto sealed = seal_any(access, field, subject, subject, text);
    if (!sealed) throw std::runtime_error("a field cannot be sealed");
    box = std::move(*sealed);
  });
  return box;
}

Result<std::string> Scratch::open(Field field, SubjectId subject, std::string_view box, Purpose purpose,
                                  const Principal& who) {
  Result<std::string> out = fail(Errc::internal, "not opened");
  act(who, [&](Access& access) { out = open_any(access, field, subject, subject, box, purpose); });
  return out;
}

}  // namespace chatika::privacy
